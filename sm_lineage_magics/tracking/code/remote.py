"""Git remotes as people write them, and the web pages of their hosts.

>>> remote_of("git@github.com:shop/churn.git").permalink("9f3c", "src/train.py")
'https://github.com/shop/churn/blob/9f3c/src/train.py'
>>> remote_of("https://me:secret@git.example.com/churn.git").repository
'https://git.example.com/churn'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_FAMILIES = ("github", "gitlab", "bitbucket")

# (repository's page, commit, quoted path, whether it is a folder) → the page of that path.
_Page = Callable[[str, str, str, bool], str]


@dataclass(frozen=True)
class Remote:
    """A repository on a git host, without anything that lets one in.

    Attributes:
        host: the family of the host: `github`, `gitlab`, `bitbucket`, `codecommit`, …; empty for
            a host whose pages are not known.
        repository: its address for people: its web page where that is known.
    """

    host: str
    repository: str

    def permalink(self, commit: str, path: str, *, folder: bool = False) -> str | None:
        """The page of a file or folder as it is at a commit, or None on a host not known."""
        page = _PAGES.get(self.host)
        return page(self.repository, commit, quote(path, safe="/"), folder) if page else None


def remote_of(url: str) -> Remote:
    """Read the address of a remote: https, ssh, `git@host:path`, CodeCommit's helper, a path."""
    helper = re.fullmatch(r"codecommit::(?P<region>[a-z0-9-]+)://(?:[^@]*@)?(?P<name>[^/]+)", url)
    if helper:
        return _codecommit(helper["region"], helper["name"])
    host, port, path = _parts(url)
    if not host:
        return Remote("", path)
    aws = re.fullmatch(r"git-codecommit(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?", host)
    if aws:
        return _codecommit(aws[1], path.rpartition("/")[2])
    return _hosted(host, port, path)


def _parts(url: str) -> tuple[str, str, str]:
    """Host, `:port` of a web address, and path; user, password and query string are dropped."""
    if "://" not in url and re.match(r"[^/\\]{2,}?:(?!\\)", url):
        place, _, path = url.partition(":")
        return _known_host(place.rpartition("@")[2]), "", _bare(path)
    if "://" not in url:
        return "", "", url
    parts = urlsplit(url)
    host = (parts.netloc.rpartition("@")[2]).lower()
    name, _, port = host.partition(":") if not host.startswith("[") else (host, "", "")
    web = f":{port}" if port and parts.scheme in ("http", "https") else ""
    return _known_host(name), web, _bare(parts.path) if name else parts.path


def _known_host(host: str) -> str:
    """The public name of a host: ssh on the web's port and aliases in ssh's own settings differ."""
    host = host.lower()
    if host in ("ssh.github.com", "altssh.gitlab.com", "altssh.bitbucket.org"):
        return host.partition(".")[2]
    alias = re.match(r"(github\.com|gitlab\.com|bitbucket\.org)[-_]", host)
    return alias[1] if alias else host


def _bare(path: str) -> str:
    return path.strip("/").removesuffix(".git")


def _hosted(host: str, port: str, path: str) -> Remote:
    """A repository on a host named for what runs there, as those of companies are."""
    family = next((part for part in host.split(".") if part in _FAMILIES), "")
    if family == "bitbucket" and host != "bitbucket.org":
        return Remote("bitbucket-server", f"https://{host}{port}/{_server_path(path)}")
    return Remote(family, f"https://{host}{port}/{path}")


def _server_path(path: str) -> str:
    """Where Bitbucket Server shows what it clones from `scm/PROJECT/repository`."""
    owner, _, name = path.removeprefix("scm/").rpartition("/")
    kind = "users" if owner.startswith("~") else "projects"
    return f"{kind}/{owner.removeprefix('~')}/repos/{name}"


def _codecommit(region: str, name: str) -> Remote:
    domain = "amazonaws.cn" if region.startswith("cn-") else "aws.amazon.com"
    console = f"https://{region}.console.{domain}/codesuite/codecommit"
    return Remote("codecommit", f"{console}/repositories/{_bare(name)}")


# The top of a repository has an empty path, and no slash at its end.
def _at(page: str) -> str:
    return page.rstrip("/")


_PAGES: dict[str, _Page] = {
    "github": lambda repository, commit, path, folder: _at(
        f"{repository}/{'tree' if folder else 'blob'}/{commit}/{path}"
    ),
    "gitlab": lambda repository, commit, path, folder: _at(
        f"{repository}/-/{'tree' if folder else 'blob'}/{commit}/{path}"
    ),
    "bitbucket": lambda repository, commit, path, folder: _at(f"{repository}/src/{commit}/{path}"),
    "bitbucket-server": lambda repository, commit, path, folder: (
        _at(f"{repository}/browse/{path}") + f"?at={commit}"
    ),
    "codecommit": lambda repository, commit, path, folder: _at(
        f"{repository}/browse/{commit}/--/{path}"
    ),
}
