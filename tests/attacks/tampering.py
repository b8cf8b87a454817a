"""Attacks that tamper with what runs around them, or forge what is said about them."""

from __future__ import annotations

from .scene import attack

_CHANNELS = """
import struct
def _channels():
    for fd in range(3, 64):
        try:
            os.fstat(fd)
            yield fd
        except OSError:
            pass
def _say(data):
    for fd in _channels():
        try:
            os.write(fd, data)
        except OSError:
            pass
def _frame(body): return struct.pack("<I", len(body)) + body
def _packed(value):
    if value is None: return b"\\xc0"
    if value is True or value is False: return b"\\xc3" if value else b"\\xc2"
    if isinstance(value, int): return b"\\xd3" + struct.pack(">q", value)
    if isinstance(value, float): return b"\\xcb" + struct.pack(">d", value)
    if isinstance(value, bytes): return b"\\xc6" + struct.pack(">I", len(value)) + value
    if isinstance(value, str): return b"\\xdb" + struct.pack(">I", len(value.encode())) + value.encode()
    return b"\\xdd" + struct.pack(">I", len(value)) + b"".join(map(_packed, value))
def _reply(number, value): return _frame(_packed(["Reply", number, value, None, [], False, [], ""]))
"""


_SHELF = """
def _shelf():
    frame = sys._getframe()
    while frame:
        if "shelf" in frame.f_locals: return frame.f_locals["shelf"]._memory
        frame = frame.f_back
def _lay(data, count=None):
    memory = _shelf()
    (end,) = struct.unpack_from("<Q", memory)
    end = end or 8
    memory[end:end + len(data)] = data
    struct.pack_into("<Q", memory, 0, end + len(data) if count is None else count)
"""


def forged(name: str, code: str) -> object:
    """An attack with the means to write on the channel, and into the memory shared with the judge."""
    return attack(name, f"{_CHANNELS}\n{_SHELF}\n{code}")


TAMPERING = [
    attack("exit_at_import", "os._exit(0)"),
    attack("sys_exit_at_import", "sys.exit(0)"),
    attack("exit_in_call", "def total(x): os._exit(0)"),
    attack("sys_exit_in_call", "def total(x): sys.exit(0)"),
    attack("keyboard_interrupt", "def total(x): raise KeyboardInterrupt"),
    attack(
        "at_exit",
        "import atexit\natexit.register(lambda: open('@TARGET@/atexit', 'w').write('x'))\ndef total(x): sys.exit()",
    ),
    attack(
        "result_file",
        """
for folder in ("@TARGET@", "@FOLDER@/out-argv", ".", "/tmp"):
    try:
        open(folder + "/grades.json", "w").write('{"score": 30}')
    except OSError:
        pass
""",
        open="write",
    ),
    attack(
        "double_fork",
        """
def total(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            import time
            time.sleep(0.5)
            open("@TARGET@/late", "w").write("x")
        os._exit(0)
    return 1.0
""",
        open="write",
    ),
    attack(
        "fake_verdicts",
        """
LINES = '''
{"score": 30, "outcome": "passed"}
::set-output name=score::30
::error::pwned
\\x1b[2J\\x1b[31mALL PASSED\\x1b[0m\\x1b]0;title\\x07
<script>alert(1)</script>
=cmd|'/C calc'!A0
\\u202egnp.exe
'''
print(LINES)
def total(x):
    print(LINES)
    raise RuntimeError(LINES)
def halves(x):
    raise type("\\x1b[31m<b>=1+1", (Exception,), {})(LINES)
""",
    ),
    forged("garbage", "_say(b'\\xff' * 1000)"),
    forged(
        "oversized_frame",
        "def total(x):\n    _say(b'\\xff\\xff\\xff\\x7f' + b'x' * 1000)\n    return 0.0",
    ),
    forged(
        "truncated_frame", "def total(x):\n    _say(b'\\x00\\x01\\x00\\x00abc')\n    return 0.0"
    ),
    forged(
        "endless_frame",
        "def total(x):\n    _say(b'\\xff\\xff\\x7f\\x00')\n    while True: _say(b'x' * 65536)",
    ),
    forged("empty_frames", "def total(x):\n    while True: _say(b'\\0\\0\\0\\0' * 4096)"),
    forged("laid_garbage", "def total(x):\n    _lay(b'\\xff' * 1000)\n    return 0.0"),
    forged("laid_beyond", "def total(x):\n    _lay(b'', 1 << 40)\n    os._exit(1)"),
    forged("laid_back", "def total(x):\n    _lay(b'', 9)\n    while True: pass"),
    forged(
        "laid_reply",
        "def total(x):\n    _lay(b''.join(_reply(n, 0.0) for n in range(300)))\n    return 0.0",
    ),
    forged("laid_half", "def total(x):\n    _lay(b'\\0\\1\\0\\0abc')\n    os._exit(0)"),
    forged("laid_for_ever", "def total(x):\n    while True: _lay(b'\\0' * 8)"),
    forged("shrunk_memory", "def total(x):\n    _shelf().resize(4096)\n    return 0.0"),
    forged("early_replies", "for n in range(500): _say(_reply(n, 0.0))"),
    forged("reply_at_import", "_say(_reply(0, 1.0))"),
    forged(
        "replies_and_exit",
        "def total(x):\n    for n in range(500): _say(_reply(n, float(np.sum(x))))\n    os._exit(0)",
    ),
    forged(
        "replies_of_others",
        "def double(x):\n    for n in range(500): _say(_reply(n, 0.0))\n    return 2 * x",
    ),
    forged("loaded_twice", "_say(_frame(_packed(['Loaded', ['total'], [], ''])))"),
    forged(
        "handles_in_reply", "def total(x):\n    _say(_reply(0, ['Handle', 0, [0]]))\n    return 0.0"
    ),
    forged(
        "array_of_billions",
        "def total(x):\n    _say(_reply(0, ['Array', '<f8', [10**9, 10**9], b'']))\n    return 0.0",
    ),
    forged(
        "array_of_less_than_nothing",
        "def total(x):\n    _say(_reply(0, ['Array', '<f8', [-1, -8], b'x' * 64]))\n    return 0.0",
    ),
    forged(
        "array_of_objects",
        "def total(x):\n    _say(_reply(0, ['Array', '|O', [8], b'x' * 64]))\n    return 0.0",
    ),
    forged("nested_reply", "def total(x):\n    _say(_frame(b'\\x91' * 5_000_000))\n    return 0.0"),
    forged(
        "wide_reply",
        "def total(x):\n    _say(_reply(0, ['Seq', [None] * 8_000_000]))\n    return 0.0",
    ),
    forged(
        "asks_for_ever", "def total(x):\n    while True: _say(_frame(_packed(['Ask', 0, 1.0])))"
    ),
    forged(
        "close_channel",
        "def total(x):\n    for fd in _channels(): os.close(fd)\n    while True: pass",
    ),
    forged(
        "read_channel",
        "def total(x):\n    for fd in _channels():\n        while True: os.read(fd, 1 << 16)",
    ),
    forged(
        "zygote_control",
        "def total(x):\n    _say(struct.pack('<cq', b's', 0) + struct.pack('<cq', b'e', 1))\n    return 0.0",
    ),
    attack(
        "patch_worker",
        """
import gc
for thing in gc.get_objects():
    if type(thing).__name__ == "Runner":
        thing.call = lambda call: type(thing).call(thing, call)
    if isinstance(thing, dict) and "to_node" in thing and "from_node" in thing:
        thing["to_node"] = lambda value, depth=0: 0.0
frame = sys._getframe()
while frame:
    if "to_node" in frame.f_globals:
        frame.f_globals["to_node"] = lambda value, depth=0: 0.0
    frame = frame.f_back
""",
    ),
    attack(
        "patch_numpy",
        """
for name in ("sum", "allclose", "isclose", "array_equal", "asarray", "abs", "max", "isnan", "shape"):
    setattr(np, name, lambda *a, **k: True)
np.ndarray = float
np.testing = None
""",
    ),
    attack(
        "patch_builtins",
        """
import builtins, math
for name in ("abs", "all", "isinstance", "len", "type", "print", "repr", "float"):
    setattr(builtins, name, lambda *a, **k: True)
math.isclose = lambda *a, **k: True
""",
    ),
    attack(
        "patch_open",
        "import builtins, io\nbuiltins.open = io.open = os.write = os.read = lambda *a, **k: None",
    ),
    attack(
        "import_hook",
        """
class Hook:
    def find_spec(self, name, path=None, target=None): raise SystemExit
sys.meta_path.insert(0, Hook())
sys.modules.clear()
""",
    ),
    attack(
        "trace",
        "def t(frame, event, arg):\n    frame.f_locals.clear()\n    return t\nsys.settrace(t)\nsys.setprofile(t)",
    ),
    attack(
        "swallow_signals",
        """
import signal
for s in range(1, 65):
    try:
        signal.signal(s, lambda *a: None)
    except (OSError, ValueError):
        pass
def total(x):
    while True:
        try:
            while True: pass
        except BaseException: pass
""",
    ),
    attack(
        "alarm",
        "import signal\nsignal.signal(signal.SIGALRM, lambda *a: os._exit(0))\nsignal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)",
    ),
    attack(
        "threads",
        """
import threading, time
def late():
    while True: time.sleep(0.01)
threading.Thread(target=late).start()
""",
    ),
    attack("memory_of_its_own", "import ctypes\ndef total(x): return ctypes.string_at(0)"),
    attack(
        "scribble",
        "import ctypes\ndef total(x):\n    ctypes.memset(id(float), 0, 400)\n    return 0.0",
    ),
    attack(
        "generator",
        "np.random.seed(1)\nnp.random.set_state = None\ndef total(x):\n    np.random.seed(7)\n    return float(np.sum(x)) + 1.0",
    ),
    attack(
        "replace_generator",
        "def total(x):\n    np.random.set_bit_generator(np.random.MT19937(1))\n    return float(np.sum(x)) + 1.0",
    ),
    attack(
        "codec",
        "import codecs\ncodecs.register(lambda name: (_ for _ in ()).throw(SystemExit))\ncodecs.unregister = None",
    ),
    attack(
        "collector",
        """
import gc
gc.callbacks.append(lambda *a: os._exit(0))
gc.set_threshold(1)
class D:
    def __del__(self):
        raise SystemExit
def total(x):
    D()
    return 0.0
""",
    ),
    attack(
        "displayhooks",
        "sys.excepthook = sys.unraisablehook = lambda *a: os._exit(0)\nsys.stdout = sys.stderr = None\nsys.__stderr__.close() if sys.__stderr__ else None",
    ),
    attack(
        "kill_everyone",
        """
import signal
def total(x):
    for pid in (os.getppid(), 1, -1, 0):
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
    return 0.0
""",
    ),
    attack(
        "signal_by_descriptor",
        """
import fcntl
def total(x):
    for fd in range(0, 64):
        try:
            fcntl.fcntl(fd, fcntl.F_SETOWN, os.getppid())
            fcntl.fcntl(fd, 10, 9)
            fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | fcntl.O_ASYNC)
        except OSError:
            pass
    return 0.0
""",
    ),
    attack(
        "raise_limits",
        """
import resource
for name in dir(resource):
    if name.startswith("RLIMIT_"):
        try:
            resource.setrlimit(getattr(resource, name), (-1, -1))
        except (OSError, ValueError):
            pass
def total(x):
    return np.ones(200_000_000)
""",
    ),
    attack(
        "undo_layers",
        """
import ctypes
libc = ctypes.CDLL(None)
libc.prctl(38, 0, 0, 0, 0)
libc.prctl(22, 0, 0, 0, 0)
libc.prctl(1, 0, 0, 0, 0)
def total(x):
    open("@TARGET@/undone", "w").write("x")
""",
        open="write",
    ),
    attack(
        "change_files",
        """
import shutil
for work in (
    lambda: os.chmod("@HOME@/secret.txt", 0o777),
    lambda: os.utime("@HOME@/secret.txt", (0, 0)),
    lambda: os.rename("@HOME@/secret.txt", "@TARGET@/moved"),
    lambda: os.truncate("@COURSE@/solutions/toy.py", 0),
    lambda: os.unlink("@CLASS@/zz_honest/toy.py"),
    lambda: shutil.rmtree("@COURSE@"),
    lambda: os.mkfifo("@TARGET@/fifo"),
    lambda: os.mkdir("@TARGET@/folder"),
):
    try:
        work()
    except OSError:
        pass
""",
    ),
]
