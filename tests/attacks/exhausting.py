"""Attacks that exhaust: processes, threads, memory, disk, output, time, the compiler."""

from __future__ import annotations

from .scene import Attack, attack

EXHAUSTING = [
    attack("fork_bomb", "def total(x):\n    while True: os.fork()"),
    attack(
        "fork_bomb_quietly",
        "def total(x):\n    while True:\n        try: os.fork()\n        except OSError: pass",
    ),
    attack(
        "thread_bomb",
        "import threading\ndef total(x):\n    while True: threading.Thread(target=lambda: threading.Event().wait()).start()",
    ),
    attack(
        "thread_bomb_of_small_ones",
        "import threading\nthreading.stack_size(1 << 15)\ndef total(x):\n    while True: threading.Thread(target=threading.Event().wait, daemon=True).start()",
    ),
    attack("rows_of_nothing", "def halves(x): return np.empty((2**26, 0))"),
    attack("rows_by_the_million", "def halves(x): return [[None] * 100_000] * 20"),
    attack("great_answers", "def total(x): return np.zeros(1_000_000)"),
    attack("great_answers_of_the_right_form", "def halves(x): return [np.zeros(500_000)] * 2"),
    attack(
        "great_error",
        """
frame = sys._getframe()
while "describe" not in frame.f_globals: frame = frame.f_back
frame.f_globals["_clean"] = lambda text, limit: text
sys.modules["chainrule_error"] = frame.f_globals
raise RuntimeError("A" * 2_000_000)
""",
    ),
    attack(
        "memory_lists", "def total(x):\n    a = []\n    while True: a.append(np.empty(1 << 22))"
    ),
    attack("memory_numpy", "def total(x): return np.ones(10**10)"),
    attack("memory_power", "def total(x): return 1 << (1 << 36)"),
    attack(
        "memory_memfd",
        """
def total(x):
    fds = []
    while True:
        fd = os.memfd_create("m")
        os.truncate(fd, 1 << 30)
        os.write(fd, b"x" * (1 << 20))
        fds.append(fd)
""",
    ),
    attack(
        "memory_pipes",
        "def total(x):\n    while True:\n        r, w = os.pipe()\n        os.set_blocking(w, False)\n        os.write(w, b'x' * 65536)",
    ),
    attack("memory_import", "a = []\nwhile True: a.append(bytearray(1 << 22))"),
    attack(
        "disk",
        "def total(x):\n    with open('@TARGET@/big', 'wb') as f:\n        for _ in range(64): f.write(b'x' * (1 << 20))\n    return 0.0",
        open="write",
    ),
    attack(
        "inodes",
        "def total(x):\n    for n in range(100): open(f'@TARGET@/{n}', 'w').close()",
        open="write",
    ),
    attack(
        "descriptors_all", "def total(x):\n    kept = []\n    while True: kept.append(os.dup(0))"
    ),
    attack("output", "def total(x):\n    while True: print('x' * 1_000_000)"),
    attack("output_lines", "def total(x):\n    while True: print()"),
    attack("output_of_descriptors", "def total(x):\n    while True: os.write(1, b'x' * 1_000_000)"),
    attack(
        "warnings",
        "import warnings\ndef total(x):\n    n = 0\n    while True:\n        n += 1\n        warnings.warn('w' * 10_000 + str(n))",
    ),
    attack("loop", "def total(x):\n    while True: pass"),
    attack("loop_in_c", "def total(x): return sum(iter(int, 1))"),
    attack("loop_in_big_numbers", "def total(x): return 3 ** (10 ** 9)"),
    attack("loop_in_regex", "import re\ndef total(x): return re.match('(a*)*b', 'a' * 64)"),
    attack(
        "loop_in_numpy", "def total(x):\n    a = np.ones((3000, 3000))\n    while True: a = a @ a"
    ),
    attack("loop_at_import", "while True: pass"),
    attack("sleep", "import time\ndef total(x): time.sleep(10_000)"),
    attack("sleep_at_import", "import time\ntime.sleep(10_000)"),
    attack("stop", "import signal\ndef total(x): os.kill(os.getpid(), signal.SIGSTOP)"),
    attack("slow_everywhere", "import time\ndef double(x): time.sleep(1)\ntotal = halves = double"),
    attack("dies_everywhere", "def double(x): os.abort()\ntotal = halves = double"),
    attack("recursion", "def total(x): return total(x)"),
    attack(
        "recursion_in_c",
        "sys.setrecursionlimit(10**9)\ndef total(x):\n    a = None\n    for _ in range(10**6): a = (a,)\n    return repr(a)",
    ),
    attack("huge_exception", "def total(x): raise RuntimeError('x' * 300_000_000)"),
    attack("huge_exception_name", "def total(x): raise type('x' * 10_000_000, (Exception,), {})"),
    attack(
        "long_traceback",
        "def total(x, n=0):\n    if n > 900: raise RuntimeError\n    total(x, n + 1)",
    ),
    attack(
        "exception_that_fails",
        "class E(Exception):\n    def __str__(self): raise E\n    __repr__ = __str__\ndef total(x): raise E",
    ),
    attack(
        "exception_for_ever",
        "class E(Exception):\n    def __str__(self):\n        while True: pass\ndef total(x): raise E",
    ),
    attack(
        "huge_result",
        "def total(x): return np.zeros(20_000_000)\ndef halves(x): return 'x' * 100_000_000",
    ),
    attack("many_names", "for n in range(300_000): globals()[f'f{n}'] = total"),
    attack("many_items", "def halves(x): return [[] for _ in range(199_999)]"),
    attack("nested_expression", "a = " + "(" * 5000 + "1" + ")" * 5000),
    attack("nested_unary", "a = " + "-" * 100_000 + "1"),
    attack(
        "nested_blocks", "".join("    " * n + "if 1:\n" for n in range(200)) + "    " * 200 + "pass"
    ),
    attack("nested_strings", "a = " + "f'{" * 2000 + "1" + "}'" * 2000),
    attack("huge_literal", "a = " + "9" * 2_000_000),
    attack("huge_constant", "a = (((1 << 1000) ** 1000) ** 1000) ** 1000"),
    attack("huge_table", "a = [" + "1," * 500_000 + "]"),
    Attack("nul_bytes", b"def double(x): return 2 * x\n\0\n"),
    Attack("not_utf8", b"def double(x): return 2 * x\n# \xff\xfe\xfa\n"),
    Attack("false_cookie", b"# -*- coding: no-such-codec -*-\ndef double(x): return 2 * x\n"),
    Attack(
        "utf7_cookie", b"# -*- coding: utf-7 -*-\ndef double(x): return 2 * x\n+AAo-import os\n"
    ),
    Attack("empty", b""),
]
