"""Jobs from one queue, done by one thread a lane; results in the order of the jobs."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TypeVar

from sigasers.siga.sources import Lane, Snapshot

_POLL_S = 0.5
Job = TypeVar("Job")
Result = TypeVar("Result")


def run_jobs(snapshot: Snapshot, jobs: Sequence[Job], do: Callable[[Lane, Job], Result]) -> list[Result]:
    """Do ``jobs``, first ones first, on all lanes of ``snapshot``.

    An error of any, or an interrupt of the caller, cancels the reads of all and is raised when they have ended.
    """
    queue: SimpleQueue[int] = SimpleQueue()
    for index in range(len(jobs)):
        queue.put(index)
    results: dict[int, Result] = {}
    stopped = threading.Event()

    def work(lane: Lane) -> None:
        while not stopped.is_set():
            try:
                index = queue.get_nowait()
            except Empty:
                return
            results[index] = do(lane, jobs[index])

    with ThreadPoolExecutor(max_workers=len(snapshot.lanes), thread_name_prefix="exportar") as pool:
        futures: list[Future[None]] = [pool.submit(work, lane) for lane in snapshot.lanes]
        try:
            _wait(futures)
        except BaseException:
            stopped.set()
            snapshot.cancel()
            _wait_out(futures)
            raise
    return [results[index] for index in range(len(jobs))]


def _wait_out(futures: Sequence[Future[None]]) -> None:
    """Wait until no thread uses the snapshot any more, however often Ctrl-C is pressed: it is closed next."""
    while True:
        with suppress(KeyboardInterrupt):
            while wait(futures, timeout=_POLL_S).not_done:
                pass
            return


def _wait(futures: Sequence[Future[None]]) -> None:
    """Wait until all are done or one failed, which is raised.

    In short waits: on Windows an endless one would not let Ctrl-C through.
    """
    while True:
        done, pending = wait(futures, timeout=_POLL_S, return_when=FIRST_EXCEPTION)
        for future in done:
            future.result()
        if not pending:
            return
