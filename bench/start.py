#!/usr/bin/env python3
"""Size, start and rest of the server: start.py BINARY FOLDER

Starts `serve --dev` twice on FOLDER: the first start makes keys and tables, the second is the one that counts. Prints
milliseconds until /readyz answers 200, resident memory after 5 s at rest, and the size of the binary.
"""
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def resident(pid: int, what: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(what + ":"):
            return int(line.split()[1]) / 1024
    raise KeyError(what)


def start(binary: str, folder: str) -> tuple[float, float, float] | str:
    port = free_port()
    arguments = [binary, "serve", "--dev", "--data", folder, "--listen", f"127.0.0.1:{port}"]
    begin = time.perf_counter()
    with open(folder + ".log", "w") as log:
        process = subprocess.Popen(arguments, stdout=log, stderr=log)
    try:
        while True:
            if process.poll() is not None:
                return f"`serve` ended with status {process.returncode}: see {folder}.log"
            if time.perf_counter() - begin > 30:
                return "/readyz did not answer 200 within 30 s"
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as answer:
                    if answer.status == 200:
                        break
            except (urllib.error.URLError, OSError):
                time.sleep(0.002)
        ready = (time.perf_counter() - begin) * 1000
        time.sleep(5)
        return ready, resident(process.pid, "VmRSS"), resident(process.pid, "VmHWM")
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def main(binary: str, folder: str) -> None:
    print(f"\nbinary               {os.path.getsize(binary) / 1e6:10.1f} MB   (aim: under 60)")
    for name, aim in [("new data folder", ""), ("existing data folder", "   (aim: under 300)")]:
        result = start(binary, folder)
        if isinstance(result, str):
            print(f"start, {name}: not measured: {result}")
            return
        print(f"ready, {name:21}{result[0]:8.0f} ms{aim}")
    print(f"at rest                {result[1]:8.1f} MB resident, {result[2]:.1f} MB at most   (aim: under 60)")


main(sys.argv[1], sys.argv[2])
