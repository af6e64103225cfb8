"""One run of a subject, measured: wall time, CPU of its processes and of a server's, peak memory.

CPU of the subject is what the kernel gives when its processes have ended (``wait4``: threads and awaited children
included). CPU of a server is the sum over its living processes and of those it has awaited, before and after. Memory is
the sum of each process's own peak (``VmHWM``), looked at 50 times a second; a server's memory is not counted.
Linux alone: it reads ``/proc``.
"""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import psutil

_LOOK_EVERY_S = 0.02
Pipeline = Sequence[Sequence[str]]  # commands joined by pipes


class BenchError(Exception):
    """A subject did not do its work; the text says which and why."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What is run at once: pipelines, each with the file that takes its output, in an environment of their own."""

    pipelines: tuple[tuple[Pipeline, Path], ...]
    environment: Mapping[str, str]
    results: Callable[[], Sequence[Path]]

    def out_bytes(self) -> int:
        """Give the size of what was made."""
        found = [path for path in self.results() if path.stat().st_size]
        if not found:
            raise BenchError("nothing was made")
        return sum(path.stat().st_size for path in found)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What one run took: seconds and bytes."""

    wall_s: float
    cpu_s: float
    server_cpu_s: float
    peak_bytes: int
    out_bytes: int

    def as_json(self) -> dict[str, Any]:
        """Give the figures by name."""
        return asdict(self)


def run(job: Job, *, server_pid: int | None = None) -> Sample:
    """Run ``job`` to its end; raises ``BenchError`` when a process of it fails."""
    before = tree_cpu_s(server_pid) if server_pid else 0.0
    start = time.perf_counter()
    with ExitStack() as stack:
        processes = [
            process
            for pipeline, target in job.pipelines
            for process in _start(pipeline, target, job.environment, stack)
        ]
        with _PeakWatch([process.pid for process, _ in processes]) as watch:
            cpu = sum(_wait(process, errors) for process, errors in processes)
    wall = time.perf_counter() - start
    return Sample(
        wall_s=wall,
        cpu_s=cpu,
        server_cpu_s=tree_cpu_s(server_pid) - before if server_pid else 0.0,
        peak_bytes=watch.peak_bytes,
        out_bytes=job.out_bytes(),
    )


def tree_cpu_s(pid: int) -> float:
    """Give the CPU seconds of ``pid``, of its children, and of those that have ended and were awaited."""
    total = 0.0
    first = psutil.Process(pid)
    for process in (first, *first.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def _start(
    pipeline: Pipeline, target: Path, environment: Mapping[str, str], stack: ExitStack
) -> list[tuple["subprocess.Popen[bytes]", Path]]:
    """Start the commands of ``pipeline``, the last one's output going to ``target``; each with its file of errors."""
    processes: list[tuple[subprocess.Popen[bytes], Path]] = []
    source: Any = subprocess.DEVNULL
    for place, command in enumerate(pipeline):
        last = place == len(pipeline) - 1
        sink: Any = stack.enter_context(target.open("wb")) if last else subprocess.PIPE
        told = target.with_suffix(f".{place}.err")
        errors = stack.enter_context(told.open("wb"))
        process = subprocess.Popen(
            list(command), stdin=source, stdout=sink, stderr=errors, env={**os.environ, **environment}
        )
        if source is not subprocess.DEVNULL:
            source.close()  # the process has it; here it would keep the pipe open
        source = process.stdout
        processes.append((process, told))
    return processes


def _wait(process: "subprocess.Popen[bytes]", errors: Path) -> float:
    """Wait for ``process`` and give its CPU seconds; ``Popen.wait`` would not tell them."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        said = errors.read_text(encoding="utf-8", errors="replace").strip()[-600:]
        raise BenchError(f"{process.args!s:.160} ended with {process.returncode}: {said}")
    return usage.ru_utime + usage.ru_stime


class _PeakWatch(threading.Thread):
    """Looks at the peaks of processes and of their children until it is left."""

    def __init__(self, pids: Sequence[int]) -> None:
        super().__init__(daemon=True)
        self._pids, self._peaks, self._done = pids, dict[int, int](), threading.Event()

    @property
    def peak_bytes(self) -> int:
        return sum(self._peaks.values())

    def run(self) -> None:
        while not self._done.is_set():
            for pid in self._pids:
                with suppress(psutil.Error):
                    for process in (one := psutil.Process(pid), *one.children(recursive=True)):
                        self._look(process.pid)
            self._done.wait(_LOOK_EVERY_S)

    def _look(self, pid: int) -> None:
        with suppress(OSError, StopIteration):
            lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
            peak = next(line for line in lines if line.startswith("VmHWM:"))
            self._peaks[pid] = max(self._peaks.get(pid, 0), int(peak.split()[1]) * 1024)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._done.set()
        self.join()
