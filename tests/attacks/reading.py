"""Attacks that read: the checks, the reference, a sibling, the surroundings; and carry it out."""

from __future__ import annotations

from .scene import attack, loot

_SOLUTION = "@COURSE@/solutions/toy.py"

READING = [
    loot("open_solution", f"found.append(open('{_SOLUTION}').read()[-60:])"),
    loot("open_grader", "found.append(open('@COURSE@/graders/hidden/toy.py').read()[:60])"),
    loot("open_home", "found.append(open('@HOME@/secret.txt').read())"),
    loot("open_sibling", "found.append(open('@CLASS@/zz_honest/toy.py').read()[-60:])"),
    loot("os_open", f"fd = os.open('{_SOLUTION}', 0); found.append(os.read(fd, 9999)[-60:])"),
    loot("numpy_fromfile", f"found.append(bytes(np.fromfile('{_SOLUTION}', 'u1'))[-60:])"),
    loot("numpy_memmap", f"found.append(bytes(np.memmap('{_SOLUTION}', mode='r'))[-60:])"),
    loot("linecache", f"import linecache; found.append(linecache.getlines('{_SOLUTION}')[-1])"),
    loot("tokenize", f"import tokenize; found.append(tokenize.open('{_SOLUTION}').read()[-60:])"),
    loot("runpy", f"import runpy; found.append(runpy.run_path('{_SOLUTION}')['KEY'])"),
    loot(
        "source_loader",
        f"""
from importlib.machinery import SourceFileLoader
found.append(SourceFileLoader("stolen", "{_SOLUTION}").load_module().KEY)
""",
    ),
    loot(
        "import_course",
        """
sys.meta_path[:] = [f for f in sys.meta_path if type(f).__name__ != "OnlyNumpy"]
sys.path.insert(0, "@COURSE@")
import solutions.toy
found.append(solutions.toy.KEY)
""",
    ),
    loot(
        "subprocess",
        f"import subprocess; found.append(subprocess.check_output(['tail', '-c', '60', '{_SOLUTION}']))",
    ),
    loot("popen", f"found.append(os.popen('tail -c 60 {_SOLUTION}').read())"),
    loot(
        "ctypes_open",
        f"""
import ctypes
libc = ctypes.CDLL(None)
fd = libc.open(b"{_SOLUTION}", 0)
found.append(os.read(fd, 9999)[-60:])
""",
    ),
    loot(
        "openat2",
        f"""
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
how = (ctypes.c_uint64 * 3)(0, 0, 0)
fd = libc.syscall(437, -100, b"{_SOLUTION}", ctypes.byref(how), 24)
found.append(os.read(fd, 9999)[-60:] if fd >= 0 else os.strerror(ctypes.get_errno()))
""",
    ),
    loot(
        "hardlink",
        f"os.link('{_SOLUTION}', '@TARGET@/linked'); found.append(open('@TARGET@/linked').read()[-60:])",
        open="write",
    ),
    loot(
        "symlink",
        f"os.symlink('{_SOLUTION}', '@TARGET@/link'); found.append(open('@TARGET@/link').read()[-60:])",
        open="write",
    ),
    loot(
        "sqlite_attach",
        f"""
import sqlite3
db = sqlite3.connect("@TARGET@/db")
found.append(db.execute("attach database '{_SOLUTION}' as s").fetchall())
""",
        open="write",
    ),
    loot(
        "relative_walk",
        """
for top in ("..", "../..", "../../..", "/", "/home", "/root", "/tmp", "/work", os.getcwd()):
    for base, _, names in os.walk(top):
        if base.count("/") > 5:
            break
        for name in names:
            if name in ("toy.py", "secret.txt"):
                found.append(open(os.path.join(base, name)).read()[-80:])
""",
        open="",
    ),
    loot(
        "environment",
        """
import ctypes
found.append(dict(os.environ))
found.append(os.environb)
environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
found += [environ[i] for i in range(40) if environ[i]]
""",
        open="",
    ),
    loot(
        "proc_environ_and_argv",
        """
for pid in ["self", *map(str, range(1, 60)), str(os.getppid())]:
    for name in ("environ", "cmdline", "maps", "status", "cwd", "stat"):
        try:
            found.append(open(f"/proc/{pid}/{name}", "rb").read())
        except OSError:
            pass
found = [f for f in found if b"secret" in f]
""",
        open="",
    ),
    loot(
        "proc_parent_argv",
        """
pid = os.getppid()
while pid > 1:
    found.append(open(f"/proc/{pid}/cmdline").read()[-400:])
    pid = int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])
found = [f for f in found if "argv" in f]
""",
    ),
    loot(
        "proc_parent_environ",
        "e = open(f'/proc/{os.getppid()}/environ').read(); found.append(e[e.index('CR_SECRET'):][:80])",
    ),
    loot(
        "proc_parent_memory",
        """
for pid in (os.getppid(), 1):
    maps = open(f"/proc/{pid}/maps").read()
    memory = open(f"/proc/{pid}/mem", "rb", buffering=0)
    for line in maps.splitlines()[:400]:
        low, high = (int(n, 16) for n in line.split()[0].split("-"))
        memory.seek(low)
        data = memory.read(min(high - low, 1 << 20))
        at = data.find(b"-secret-")
        if at >= 0:
            found.append(data[at - 12 : at + 16])
""",
        open="",
    ),
    loot(
        "process_vm_readv",
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
found.append(libc.ptrace(16, os.getppid(), 0, 0))
found.append(os.strerror(ctypes.get_errno()))
""",
        open="",
    ),
    loot(
        "proc_root",
        "found.append(open('/proc/1/root@COURSE@/solutions/toy.py').read()[-60:])",
        open="",
    ),
    loot(
        "proc_parent_cwd",
        "found.append(open(f'/proc/{os.getppid()}/root@HOME@/secret.txt').read())",
        open="",
    ),
    loot(
        "descriptors",
        """
for fd in range(256):
    try:
        os.lseek(fd, 0, 0)
        found.append(os.read(fd, 9999))
    except OSError:
        pass
""",
        open="",
    ),
    loot(
        "frames",
        """
import inspect, traceback
frame = sys._getframe()
while frame:
    found.append({k: repr(v)[:200] for k, v in {**frame.f_globals, **frame.f_locals}.items() if "secret" in repr(v)})
    frame = frame.f_back
found.append([s.function for s in inspect.stack()])
""",
        open="",
    ),
    loot(
        "objects",
        """
import gc
for thing in gc.get_objects():
    if isinstance(thing, (dict, list, tuple, str, bytes)) and "-secret-" in repr(thing)[:2000]:
        found.append(repr(thing)[:200])
found.append([m for m in sys.modules if "solution" in m or "grader" in m or "chainrule" in m])
""",
        open="",
    ),
    loot(
        "leftovers",
        """
for top in ("/tmp", "/dev/shm", "/var/tmp", "/run"):
    for name in os.listdir(top):
        found.append(name)
        found.append(open(os.path.join(top, name), "rb").read(200))
""",
        open="",
    ),
    loot(
        "bytecode",
        """
for folder in ("@COURSE@/solutions/__pycache__", "@COURSE@/graders/hidden/__pycache__"):
    for name in os.listdir(folder):
        found.append(open(f"{folder}/{name}", "rb").read()[-900:])
""",
        open="",
    ),
    loot(
        "recordings",
        "found.append([open(f'@FOLDER@/cache/{n}', 'rb').read() for n in os.listdir('@FOLDER@/cache')])",
        open="",
    ),
    loot(
        "io_uring",
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
params = ctypes.create_string_buffer(120)
found.append(libc.syscall(425, 4, params))
found.append(os.strerror(ctypes.get_errno()))
""",
        open="",
    ),
    loot(
        "unshare_and_mount",
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
found.append(libc.unshare(0x10000000 | 0x00020000))
found.append(libc.mount(b"proc", b"/tmp", b"proc", 0, None))
found.append(open("@HOME@/secret.txt").read())
""",
        open="",
    ),
    loot(
        "chroot_escape",
        """
os.chroot("/")
os.chdir("../../../../../..")
found.append(open("./@HOME@/secret.txt").read())
""",
        open="",
    ),
    loot(
        "network",
        """
import socket
for family, kind in ((socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET, socket.SOCK_DGRAM), (socket.AF_UNIX, socket.SOCK_STREAM)):
    try:
        s = socket.socket(family, kind)
        s.settimeout(0.2)
        s.connect(("127.0.0.1", 9)) if family == socket.AF_INET else s.connect("\\0secret")
        s.send(b"stolen")
        found.append("sent")
    except OSError as error:
        found.append(repr(error))
""",
        open="",
    ),
    loot("name_of_exception", f"raise type(open('{_SOLUTION}').read()[-60:], (Exception,), {{}})"),
]

TELLING = [
    attack("tell_by_text", "def total(x): raise RuntimeError(repr(x))"),
    attack("tell_by_value_error", "def total(x): raise ValueError(repr(x))"),
    attack(
        "tell_by_print",
        "def total(x):\n    print(x, file=sys.stderr)\n    print(x)\n    return 0.0",
    ),
    attack("tell_by_name", "def total(x): raise type(f'E{x[0]:.0f}', (Exception,), {})"),
    attack(
        "tell_by_error_without_frames",
        """
def total(x): raise MemoryError(repr(x))
total.__code__ = total.__code__.replace(co_filename="elsewhere")
""",
    ),
    attack("tell_by_shape", "def total(x): return np.empty((0, abs(int(x[0]))))"),
    attack("tell_by_length", "def total(x): return [''] * (abs(int(x[0])) % 10**6)"),
    attack("tell_by_type", "def total(x): return type(f'T{x[0]:.0f}', (), {})()"),
    attack("tell_by_value", "def total(x): return float(x[0])"),
    attack("tell_by_change", "def total(x):\n    if abs(x[0]) > 400_000: x += 1\n    return 0.0"),
    attack(
        "tell_by_forgetting",
        "n = 0\ndef total(x):\n    global n\n    n += abs(x[0]) > 400_000\n    return float(n * x[0])",
    ),
    attack(
        "tell_later",
        """
seen = []
def total(x):
    seen.append(x.tolist())
    raise RuntimeError(repr(sorted(seen, key=lambda s: -max(map(abs, s)))[:5]))
def double(x):
    if seen:
        raise RuntimeError(repr(sorted(seen, key=lambda s: -max(map(abs, s)))[:5]))
    return 2 * x
def halves(x):
    most = max((abs(n) for s in seen for n in s), default=0.0)
    return [np.full(len(x), most)] * 2
""",
    ),
]
