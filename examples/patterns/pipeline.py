"""Pipeline: a ventilator shares out tasks, workers do them, a sink collects results.

The workers are processes that connect to both ends, so that any number of them can
join, and none has to be known to anybody.
"""

import multiprocessing
import time

import zmq

TASKS = 20
WORKERS = 3


def work(tasks_url: str, results_url: str, control_url: str) -> None:
    """Take tasks until told to stop."""
    with zmq.Context() as context:
        tasks = context.socket(zmq.PULL)
        tasks.rcvhwm = 1  # hold one task in reserve, and leave the others to others
        tasks.connect(tasks_url)
        control = context.socket(zmq.SUB)
        control.subscribe("")
        control.connect(control_url)
        results = context.socket(zmq.PUSH)
        results.connect(results_url)
        results.send_json({"ready": True})

        poller = zmq.Poller()
        poller.register(tasks, zmq.POLLIN)
        poller.register(control, zmq.POLLIN)
        while True:
            ready = dict(poller.poll())
            if control in ready:
                break
            number = tasks.recv_json()
            time.sleep(0.005)  # the work
            results.send_json({"number": number, "square": number**2})
        context.destroy()


def main() -> None:
    """Start the workers, give them tasks, and add up what they find."""
    with zmq.Context() as context:
        ventilator = context.socket(zmq.PUSH)
        ventilator.sndhwm = 1
        sink = context.socket(zmq.PULL)
        control = context.socket(zmq.PUB)
        urls = [
            f"tcp://127.0.0.1:{sock.bind_to_random_port('tcp://127.0.0.1')}"
            for sock in (ventilator, sink, control)
        ]
        workers = [
            multiprocessing.Process(target=work, args=urls) for _ in range(WORKERS)
        ]
        for worker in workers:
            worker.start()
        # PUSH shares out among those who are there. Wait for all of them, or the
        # first one to connect would get most of the tasks.
        for _ in workers:
            assert sink.recv_json() == {"ready": True}

        total = received = sent = 0
        while received < TASKS:
            if sent < TASKS and ventilator.poll(0, zmq.POLLOUT):
                ventilator.send_json(sent)
                sent += 1
            elif sink.poll(100):
                total += sink.recv_json()["square"]
                received += 1
        print(f"{received} tasks done, the sum of the squares is {total}")

        control.send(b"stop")
        for worker in workers:
            worker.join()
        print("all workers stopped")
        context.destroy()


if __name__ == "__main__":
    main()
