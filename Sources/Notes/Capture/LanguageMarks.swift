/// What gives the lines of a language away.
///
/// Marks are looked for in lines without the white space around them. Every mark that is there counts
/// once a line, with its points.
struct LanguageMarks {
  /// How a line begins, ends, what it holds and what it is.
  var starts: [(String, Int)] = []
  var ends: [(String, Int)] = []
  var holds: [(String, Int)] = []
  var lines: Set<String> = []

  static let all: [(language: String, marks: LanguageMarks)] = [
    (
      "python",
      LanguageMarks(
        starts: [
          (">>> ", 4), ("async def ", 4), ("elif ", 3), ("except ", 2), ("print(", 2), ("self.", 3),
          ("raise ", 1), ("@pytest", 3), ("yield ", 1), ("assert ", 2), ("with ", 1),
        ],
        holds: [
          (" None", 2), ("=None", 2), (" True", 1), ("=True", 2), ("=False", 2), ("__", 1),
          ("(self", 3), ("f\"", 1), ("f'", 1), (" not in ", 1), (" is not ", 1), ("**kwargs", 3),
          ("lambda ", 2), ("os.path", 2), ("Path(", 2), (".items():", 3), (" for ", 1),
          ("range(", 1),
        ],
        lines: ["else:", "try:", "except:", "finally:", "pass"])
    ),
    (
      "javascript",
      LanguageMarks(
        starts: [
          ("const ", 4), ("let ", 3), ("var ", 3), ("function ", 3), ("function* ", 4),
          ("async ", 2),
          ("await ", 2), ("console.", 4), ("document.", 3), ("window.", 3), ("export ", 2),
          ("} else ", 1), ("} catch", 2), ("// ", 1), ("/* ", 1), ("/** ", 1), ("return (", 1),
          ("new ", 2), ("throw new ", 2), ("this.", 2), ("module.exports", 4), ("describe(", 2),
          ("if (", 1), ("for (", 1), ("while (", 1), ("constructor(", 3), ("static ", 1),
          ("</", 1), ("import {", 3), ("import * as ", 4),
        ],
        ends: [(";", 2), ("=> {", 3), (") {", 1), ("});", 2), ("})", 1), ("];", 1)],
        holds: [
          (" => ", 2), ("===", 3), ("!==", 3), ("function (", 3), ("function(", 3), (" new ", 1),
          ("${", 1), ("null", 1), ("undefined", 2), (".then(", 2), ("JSON.", 2), ("Math.", 1),
          ("Object.", 2), (" from '", 2), (" from \"", 2), ("require(", 3), ("typeof ", 2),
          ("...", 1),
          ("; // ", 2), (" // ", 1), (".length", 1), ("className=", 3), (" await ", 2), (" || ", 1),
          ("++", 1),
        ],
        lines: ["};", "});", "})();"])
    ),
    (
      "go",
      LanguageMarks(
        starts: [
          ("func ", 4), ("func (", 4), ("switch ", 1), ("for range ", 3), ("fmt.", 3),
          ("defer ", 3), ("go func", 4), ("import (", 3), ("return nil", 2), ("return err", 3),
          ("package ", 3), ("log.", 1),
        ],
        ends: [(" struct {", 4), (" interface {", 3)],
        holds: [
          (" := ", 5), ("err != nil", 4), ("[]string", 3), ("[]byte", 3), ("map[string]", 3),
          ("chan ", 2),
          (" range ", 1), ("fmt.", 3), ("*http.", 3), ("http.", 1), ("func(", 2),
          ("interface{}", 3),
        ],
        lines: ["import (", "const (", "var (", "default:"])
    ),
    (
      "ruby",
      LanguageMarks(
        starts: [
          ("puts ", 4), ("require '", 4), ("require \"", 4), ("require_relative", 4), ("attr_", 4),
          ("module ", 2), ("unless ", 3), ("expect {", 3), ("expect{", 3), ("assert_", 2),
          ("<%", 3), ("elsif ", 3), ("rescue", 2), ("=> ", 4), ("#=>", 4), ("# =>", 4),
          ("it '", 3), ("it \"", 3), ("expect(", 2), ("context ", 2), ("gem ", 3),
          ("belongs_to ", 4),
          ("has_many ", 4), ("validates ", 4), ("t.", 2), ("add_column", 4), ("add_", 2),
          ("irb(", 4),
          ("private", 1), ("raise ", 1), ("when ", 1), ("include ", 2), ("let(:", 4), ("@", 1),
          ("p ", 2),
          ("add_index", 3), ("create_table", 3), ("# frozen_string_literal", 8), ("scope ", 3),
          ("before_", 3), ("after_", 3),
        ],
        ends: [
          (" do", 3), ("|", 1), ("?", 1), (".nil?", 4), (".freeze", 4), (".new", 3), (".first", 2),
          (".last", 2), (".to_s", 3), (".to_a", 3),
        ],
        holds: [
          (" do |", 4), ("{ |", 4), (".each", 3), ("::", 1), (" unless ", 3), (" nil", 2),
          ("#{", 2),
          (".new(", 1), ("<<~", 4), (" < ", 1), (" :", 1), ("(:", 3), ("[:", 3), ("(&:", 4),
          (".map", 1), ("||=", 4), (" => ", 1), (".present?", 4), (".select", 1), ("{:", 3),
          ("ActiveRecord", 4), ("Rails.", 4), ("<<-", 4), ("ENV.fetch(", 4), ("ENV[", 3),
          (".where(", 3), (".find", 1), (" #=> ", 4),
          (" # =>", 4),
        ],
        lines: ["end", "begin", "ensure", "private", "else"])
    ),
    (
      "rust",
      LanguageMarks(
        starts: [
          ("fn ", 5), ("pub fn ", 6), ("let mut ", 6), ("use ", 1), ("impl ", 5), ("#[", 3),
          ("pub ", 2),
        ],
        holds: [("println!", 5), ("&mut ", 5), ("-> Result<", 5), (".unwrap()", 5), ("vec![", 5)])
    ),
    (
      "java",
      LanguageMarks(
        starts: [
          ("public class ", 6), ("public static ", 6), ("private ", 4), ("public ", 4),
          ("import java", 8),
          ("@Override", 6), ("package ", 1),
        ],
        holds: [("System.out.", 6), ("String[] ", 4), ("List<", 2), (" throws ", 3)])
    ),
    (
      "c",
      LanguageMarks(
        starts: [
          ("#include ", 8), ("#define ", 6), ("int main(", 8), ("int ", 3), ("char ", 3),
          ("void ", 3),
          ("double ", 3), ("float ", 3), ("unsigned ", 4), ("struct ", 3), ("static ", 2),
          ("printf(", 4),
        ],
        holds: [("std::", 6), ("->", 1), ("sizeof(", 4), ("NULL", 2), ("char *", 4)])
    ),
    (
      "php",
      LanguageMarks(
        starts: [("<?php", 20), ("echo $", 4), ("$", 5)],
        holds: [("$this->", 6), ("->", 1)])
    ),
  ]

  func points(_ line: String) -> Int {
    var points = lines.contains(line) ? 4 : 0
    for (mark, count) in starts where line.hasPrefix(mark) { points += count }
    for (mark, count) in ends where line.hasSuffix(mark) { points += count }
    for (mark, count) in holds where line.contains(mark) { points += count }
    return points
  }

  /// Programs that a line of a shell begins with.
  static let commands: Set<String> = [
    "Rscript", "airflow", "alias", "ansible", "ansible-playbook", "apk", "apt", "apt-cache",
    "apt-get", "argocd", "asdf", "awk", "aws", "az", "base64", "basename", "bash", "bat", "brew",
    "buildah", "bun", "bundle", "bundler", "cargo", "cat", "cd", "certbot", "chgrp", "chmod",
    "choco", "chown", "chroot", "clear", "clickhouse-client", "cmake", "code", "composer", "conda",
    "consul", "cp", "cqlsh", "createdb", "createuser", "crictl", "crontab", "curl", "cut",
    "dagster", "date", "dbt", "dd", "deactivate", "declare", "deno", "df", "dig", "direnv",
    "dirname", "dnf", "docker", "docker-compose", "doctl", "dotnet", "dpkg", "dropdb", "du",
    "duckdb", "echo", "eksctl", "emacs", "ember", "env", "eval", "exec", "exit", "export", "fd",
    "fdisk", "ffmpeg", "find", "firebase", "fish", "flake8", "fly", "flyctl", "gcc", "gcloud",
    "gdb", "gem", "gh", "git", "go", "gofmt", "golangci-lint", "gpg", "gradle", "grep", "gunzip",
    "gzip", "hadoop", "hdfs", "head", "helm", "heroku", "hexdump", "history", "htop", "hugo",
    "ifconfig", "ip", "iptables", "ipython", "isort", "istioctl", "java", "jekyll", "jobs",
    "journalctl", "jq", "julia", "jupyter", "kcat", "kill", "kind", "kubeadm", "kubectl", "kubectx",
    "kustomize", "launchctl", "less", "lldb", "llm", "ln", "locate", "logout", "ls", "lsb_release",
    "lsblk", "lsof", "ltrace", "make", "man", "md5sum", "meson", "minikube", "mise", "mkdir",
    "mkvirtualenv", "mongo", "mongosh", "mount", "mv", "mvn", "mypy", "mysql", "mysqldump", "nano",
    "nc", "nerdctl", "netcat", "netlify", "netstat", "nginx", "ninja", "nix", "nmap", "node",
    "nohup", "nomad", "nox", "npm", "npx", "nslookup", "nvim", "nvm", "oc", "openssl", "packer",
    "pacman", "pandoc", "passwd", "pbcopy", "pbpaste", "pdm", "perl", "pg_ctl", "pg_dump",
    "pg_restore", "ping", "pip", "pip3", "pipenv", "pipx", "pnpm", "podman", "poetry", "pre-commit",
    "printenv", "printf", "ps", "psql", "pulumi", "pwd", "pyenv", "pytest", "python", "python3",
    "rails", "rake", "rbenv", "readlink", "realpath", "reboot", "redis-cli", "rehash", "rg", "rm",
    "rpm", "rsync", "ruby", "ruff", "rustc", "rustup", "rvm", "sbt", "scoop", "scp", "screen",
    "sed", "service", "sh", "sha256sum", "shasum", "shopt", "shutdown", "skopeo", "sleep", "snap",
    "sops", "sort", "source", "spark-submit", "sqlite-utils", "sqlite3", "ss", "ssh", "ssh-add",
    "ssh-copy-id", "ssh-keygen", "strace", "su", "sudo", "swift", "sysctl", "systemctl",
    "systemd-analyze", "tail", "tar", "tcpdump", "tee", "terraform", "time", "tmux", "top", "touch",
    "tox", "tr", "traceroute", "trap", "tree", "ufw", "ulimit", "umask", "umount", "uname", "uniq",
    "unset", "unzip", "uptime", "useradd", "usermod", "uv", "uvx", "vagrant", "valgrind", "velero",
    "vercel", "vi", "vim", "virtualenv", "watch", "wc", "wget", "which", "who", "whoami", "winget",
    "workon", "wrk", "xargs", "xclip", "xcodebuild", "xxd", "yarn", "yum", "zcat", "zip", "zsh",
  ]
}
