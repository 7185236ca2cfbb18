"""The sandbox as a process: options, the store's folder, the population beside it, the server, and a clean end.

The population's process is forked before any thread, SQLite connection or event loop exists. With --parent-fd this
process ends when the other end of that pipe closes, which also kill -9 of the parent does.
"""

import argparse
import asyncio
import contextlib
import datetime as dt
import json
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from akson_tui.sandbox.instants import OSLO
from akson_tui.sandbox.pending import Population, Waiting

DATABASE = "sandbox.db"
READY, FAILED = b"ready\n", b"failed\n"


class _Ended(Exception):
    """The parent is gone, or a signal said to end, before the server ran."""


@dataclass(frozen=True, slots=True)
class _Helper:
    """The process that stores the population, and the pipe on which it says how far it is."""

    pid: int
    pipe: int


def options(arguments: list[str]) -> argparse.Namespace:
    """The command line, read."""
    parser = argparse.ArgumentParser("akson_tui.sandbox", description="A journal API (FHIR R4) with invented people.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8181, help="0 takes a free one")
    parser.add_argument("--data", type=Path, help="keep the store in this folder; without it nothing is kept")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--now", type=_time, help="fixes the clock (ISO 8601; without zone: Europe/Oslo)")
    parser.add_argument("--load", type=Path, nargs="+", action="extend", default=[], metavar="PATH")
    parser.add_argument("--empty", action="store_true", help="no invented people")
    parser.add_argument("--population", type=_population, default=300, metavar="N|small", help="how many people")
    parser.add_argument("--token-env", metavar="NAME", help="each request must bear the token in this variable")
    parser.add_argument("--as-server", type=_server, default="full", metavar="NAME", help="pass for a lesser server")
    parser.add_argument("--faults", type=Path, metavar="FILE", help="TOML: which requests go wrong, and how")
    parser.add_argument("--live", type=_pace, nargs="?", const=20.0, metavar="SECONDS", help="others write, so often")
    parser.add_argument("--live-seed", type=int, default=1, metavar="N", help="what they write")
    parser.add_argument("--parent-fd", type=int, help="end when the other end of this pipe closes")
    parser.add_argument("--clean", type=Path, help="remove this folder at the end")
    return parser.parse_args(arguments)


def _time(text: str) -> dt.datetime:
    made = dt.datetime.fromisoformat(text)
    return made if made.tzinfo else made.replace(tzinfo=OSLO)


def _server(text: str) -> str:
    """The name of a row of servers.toml."""
    from akson_tui.sandbox.servers import UnknownServer, named

    try:
        return named(text).name
    except UnknownServer as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _pace(text: str) -> float:
    """Seconds between two things that happen, on average."""
    made = float(text)
    if not 0 < made < 1e6:
        raise ValueError
    return made


def _population(text: str) -> int | None:
    """How many people; None for the small population."""
    return None if text == "small" else int(text)


def main(arguments: list[str] | None = None) -> int:
    """Runs the sandbox; 0 after a clean end, 1 when something failed, 2 for what was asked wrongly."""
    given = options(sys.argv[1:] if arguments is None else arguments)
    token = None
    if given.token_env is not None:
        token = os.environ.get(given.token_env, "")
        if not token:
            print(f"sandbox: the variable {given.token_env} holds no token", file=sys.stderr)
            return 2
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _end)
    with contextlib.ExitStack() as undo:
        if given.clean:
            undo.callback(shutil.rmtree, given.clean, ignore_errors=True)
        try:
            folder = given.data or Path(tempfile.mkdtemp(prefix="akson-sandbox-"))
            if not given.data:
                undo.callback(shutil.rmtree, folder, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            listener = undo.enter_context(_listener(given.host, given.port))
            helper = None if given.empty else undo.enter_context(_populating(folder, given, listener))
            return _run(folder, given, listener, helper, token)
        except OSError as error:
            print(f"sandbox: {error}", file=sys.stderr)
            return 1
        except _Ended:
            return 0


def _end(*_: Any) -> NoReturn:
    raise _Ended


def _clock(now: dt.datetime | None) -> Callable[[], int]:
    if now is None:
        return lambda: time.time_ns() // 1_000_000
    fixed = int(now.timestamp() * 1000)
    return lambda: fixed


def _listener(host: str, port: int) -> socket.socket:
    """Bound, not yet listening: whoever connects too early is refused instead of kept waiting."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named: without it asyncio leaves Nagle's algorithm on, which costs 40 ms an answer.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((host, port))
    return made


@contextlib.contextmanager
def _populating(folder: Path, given: argparse.Namespace, listener: socket.socket) -> Iterator[_Helper]:
    """The population's process; killed, if it still works, when this one ends."""
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        listener.close()
        os.close(told)
        os._exit(_populate(folder, given, tell))
    os.close(tell)
    try:
        yield _Helper(pid, told)
    finally:
        os.close(told)
        # Where it was waited for already, its number may be another's by now.
        with contextlib.suppress(ChildProcessError):
            if os.waitpid(pid, os.WNOHANG) == (0, 0):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _populate(folder: Path, given: argparse.Namespace, tell: int) -> int:
    """What the population's process does; its exit code."""
    from akson_tui.sandbox import population, progress
    from akson_tui.sandbox.municipality import generate, steps, today
    from akson_tui.sandbox.store import Store

    parent = os.getppid()
    chunks = 0
    bar = progress.bar(sys.stderr, steps(given.population or 0)) if given.population is not None else None

    def stored(label: str) -> None:
        nonlocal chunks
        chunks += 1
        if bar is not None:
            bar.step()
        if chunks > 1:
            os.write(tell, label.encode() + b"\n")
        if chunks == 1:
            # The first chunk is all that the worklists show.
            os.write(tell, READY)
        elif chunks == population.SMALL_CHUNKS:
            os.nice(5)

    def pause() -> None:
        population.pause()
        if os.getppid() != parent:
            os._exit(0)

    try:
        store = Store(folder / DATABASE, _clock(given.now), lasting=False)
        now = given.now or dt.datetime.now(OSLO)
        small = given.population is None
        population.fill(store, generate, given.seed, now, given.population or 0, small, stored, pause, today)
        store.close()
        if bar is not None:
            bar.end()
    except population.OtherPopulation as error:
        print(f"sandbox: {error}", file=sys.stderr)
        os.write(tell, FAILED)
        return 2
    except BrokenPipeError:
        return 0
    except Exception as error:
        print(f"sandbox: the population could not be stored: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


def _run(
    folder: Path, given: argparse.Namespace, listener: socket.socket, helper: _Helper | None, token: str | None
) -> int:
    # While the other process generates, this one imports.
    import uvicorn

    from akson_tui.sandbox.app import Api
    from akson_tui.sandbox.front import build
    from akson_tui.sandbox.load import load
    from akson_tui.sandbox.servers import named
    from akson_tui.sandbox.store import Store

    if helper and not _worklists_stored(helper, given.parent_fd):
        return 1
    clock = _clock(given.now)
    store = Store(folder / DATABASE, clock)
    if given.load:
        load(store, given.load, _new_id).report(sys.stderr)
    api = Api(store, clock, _version(), _new_id, named(given.as_server))
    app = build(api.routes(), clock, token)
    protocol: Any = "h11"
    if given.faults:
        from akson_tui.sandbox.connections import Connection, cut
        from akson_tui.sandbox.faults import Faults, FaultsRefused

        try:
            app = Faults(app, given.faults, cut)
        except FaultsRefused as error:
            print(f"sandbox: {given.faults}: {error}", file=sys.stderr)
            return 2
        protocol = Connection

    class Server(uvicorn.Server):
        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            # uvicorn's own way raises the signal again and would end the process before it has cleaned up.
            yield

    population = Population()
    if helper is None:
        population.ended()
    config = uvicorn.Config(
        Waiting(app, population),
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        http=protocol,
        date_header=False,
        server_header=False,
        # Longer than a client keeps an idle connection: else the server closes it under a request that is on its way.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )
    try:
        with _living(store, clock, given) if given.live else contextlib.nullcontext():
            asyncio.run(_serve(Server(config), listener, given, helper, population))
    finally:
        api.close()
        store.close()
    return 0


@contextlib.contextmanager
def _living(store: Any, clock: Callable[[], int], given: argparse.Namespace) -> Iterator[None]:
    """While this lasts, others write too."""
    from akson_tui.sandbox.live import KINDS, Live

    kinds = KINDS
    if not given.empty:
        from akson_tui.sandbox.living import municipal
        from akson_tui.sandbox.population import begun

        held = begun(store, given.seed, given.now or dt.datetime.now(OSLO), given.population or 0)
        kinds = ((1, municipal(given.seed, held.people, held.now)),)
    live = Live(store, clock, given.live, given.live_seed, kinds)
    live.start()
    try:
        yield
    finally:
        live.stop()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("akson-tui")
    except PackageNotFoundError:
        # Run from a folder that was never installed.
        return "unknown"


def _new_id() -> str:
    return str(uuid.uuid4())


def _worklists_stored(helper: _Helper, parent_fd: int | None) -> bool:
    """Waits for the population's first word; False where it ended without one. Raises _Ended when the parent does."""
    watched = [helper.pipe] if parent_fd is None else [helper.pipe, parent_fd]
    readable, _, _ = select.select(watched, [], [])
    if parent_fd in readable and helper.pipe not in readable:
        raise _Ended
    return os.read(helper.pipe, len(READY)) == READY


async def _serve(
    server: Any, listener: socket.socket, given: argparse.Namespace, helper: _Helper | None, population: Population
) -> None:
    loop = asyncio.get_running_loop()

    def end() -> None:
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, end)
    if given.parent_fd is not None:

        def parent() -> None:
            if not os.read(given.parent_fd, 4096):
                loop.remove_reader(given.parent_fd)
                end()

        loop.add_reader(given.parent_fd, parent)
    if helper is not None:

        def word() -> None:
            data = os.read(helper.pipe, 4096)
            population.told(data)
            if not data:
                loop.remove_reader(helper.pipe)
                with contextlib.suppress(ChildProcessError):
                    if os.waitpid(helper.pid, 0)[1]:
                        end()  # half a municipality is not served: who waits for a journal is not answered
                        return
                population.ended()

        loop.add_reader(helper.pipe, word)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not task.done():
        await asyncio.sleep(0.005)
    if server.started:
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        print(json.dumps({"base": f"http://{shown}:{port}/fhir"}), flush=True)
    await task
