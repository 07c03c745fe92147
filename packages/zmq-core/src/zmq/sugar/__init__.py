"""The Python classes above the backend."""

from __future__ import annotations

from zmq.backend import proxy as proxy
from zmq.constants import DeviceType as DeviceType
from zmq.error import Again as Again
from zmq.error import ContextTerminated as ContextTerminated
from zmq.error import DraftFDWarning as DraftFDWarning
from zmq.error import HandshakeFailed as HandshakeFailed
from zmq.error import InterruptedSystemCall as InterruptedSystemCall
from zmq.error import NotDone as NotDone
from zmq.error import TimedOut as TimedOut
from zmq.error import ZMQBaseError as ZMQBaseError
from zmq.error import ZMQBindError as ZMQBindError
from zmq.error import ZMQError as ZMQError
from zmq.error import ZMQVersionError as ZMQVersionError
from zmq.sugar.context import Context as Context
from zmq.sugar.context import SyncContext as SyncContext
from zmq.sugar.describe import describe as describe
from zmq.sugar.device import device as device
from zmq.sugar.frame import Frame as Frame
from zmq.sugar.frame import Message as Message
from zmq.sugar.poll import Poller as Poller
from zmq.sugar.poll import select as select
from zmq.sugar.socket import Socket as Socket
from zmq.sugar.socket import SyncSocket as SyncSocket
from zmq.sugar.stopwatch import Stopwatch as Stopwatch
from zmq.sugar.tracker import MessageTracker as MessageTracker
from zmq.sugar.version import __revision__ as __revision__
from zmq.sugar.version import __version__ as __version__
from zmq.sugar.version import pyzmq_version as pyzmq_version
from zmq.sugar.version import pyzmq_version_info as pyzmq_version_info
from zmq.sugar.version import zmq_version as zmq_version
from zmq.sugar.version import zmq_version_info as zmq_version_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    # pyright knows no module of a package that the package does not name.
    from zmq.sugar import attrsettr as attrsettr
    from zmq.sugar import context as context
    from zmq.sugar import frame as frame
    from zmq.sugar import poll as poll
    from zmq.sugar import socket as socket
    from zmq.sugar import stopwatch as stopwatch
    from zmq.sugar import tracker as tracker
    from zmq.sugar import version as version
