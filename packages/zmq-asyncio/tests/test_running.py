"""Which loop runs: asyncio's own answer, without a question to the system."""

from __future__ import annotations

import asyncio
import os
import threading

import pytest

from zmq._engine._answer import running_loop


def test_only_while_it_runs() -> None:
    async def main() -> None:
        assert running_loop() is asyncio.get_running_loop()
        others = []
        thread = threading.Thread(target=lambda: others.append(running_loop()))
        thread.start()
        thread.join()
        assert others == [None]

    assert running_loop() is None
    asyncio.run(main())
    assert running_loop() is None


@pytest.mark.forks
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_not_in_a_child() -> None:
    """A child has its parent's loop in memory, which does not run there."""

    async def main() -> int:
        pid = os.fork()
        if not pid:
            try:
                apart = running_loop() is None
                asyncio.run(runs())
                os._exit(0 if apart else 1)
            finally:
                os._exit(2)
        return os.waitpid(pid, 0)[1]

    async def runs() -> None:
        assert running_loop() is asyncio.get_running_loop()

    assert asyncio.run(main()) == 0
