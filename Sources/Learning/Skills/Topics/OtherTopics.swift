/// The vocabulary of what else engineers write notes about; ``SkillTopic`` says how it is written.
enum OtherTopics {
  static let text = """
    [web]
    marks: css; html; html element; javascript; typescript; react; react component; vue;
      angular; svelte; dom; flexbox; css grid; media query; media queries; pseudo class; pseudo
      element; selector specificity; event listener; addeventlistener; queryselector; web api;
      web component; shadow dom; canvas; svg; fetch api; browser; browsers; browser
      compatibility; accessibility; aria; npm; node js; nodejs; webpack; vite; next js;
      tailwind; bootstrap; jquery; service worker; indexeddb; local storage; http header; http
      headers; cookie; cookies; xmlhttprequest; prototype chain; promise; callback function; web
      page; webpage; stylesheet; font; responsive design; webgl; web audio; iframe; textarea;
      input element; anchor element; form element
    words: element; elements; attribute value; property; properties; keyframe; animation;
      layout; click; page; viewport; syntax; specifications; deprecated; url; javascript
      function; array method
    [language]
    marks: ruby; rails; ruby on rails; activerecord; active record; rspec; elixir; phoenix
      liveview; erlang; haskell; perl; php; laravel; c++; cpp; rust; cargo; golang; go routine;
      java; kotlin; swift; swiftui; scala; clojure; lua; python list comprehension; python
      decorator; dataclass; dataclasses; itertools; regex; regexp; regular expression; array;
      arrays; hash map; hashmap; string interpolation; string formatting; lambda function;
      closure; iterator; enumerator; enumerable; recursion; linked list; sorting algorithm;
      algorithm complexity; big o; type annotation; type hints; generics; enum; pattern
      matching; switch statement; case statement; if else; for loop; while loop; variable
      assignment; gem; gems; bundler; irb; pip; pytest fixture; unit test; mock; sqlite; django;
      flask; datasette; migration; migrations; orm; git; git rebase; git commit; git stash; git
      log; git diff; git branch; git reset; git bisect; worktree; postgres; postgresql; psql;
      mysql; sql
    words: method; methods; function; functions; class; classes; argument; arguments; object;
      objects; string; strings; integer; boolean; loop; syntax; block; variable; return value;
      module; library; compile; compiler; console; repl; branch; commit
    [shell]
    marks: bash; zsh; fish shell; shell script; grep; ripgrep; sed; awk; xargs; find command;
      curl; wget; rsync; ssh; scp; tmux; screen session; cron; crontab; systemd; systemctl;
      journalctl; chmod; chown; tar; gzip; zip; unzip; 7z; archive; stdin; stdout; stderr; pipe
      output; redirect output; alias; dotfiles; homebrew; brew install; apt; apt get; pacman;
      dnf; yum; package manager; man page; linux kernel; macos; windows; powershell; xrandr;
      display; monitor resolution; wifi; bluetooth; firmware; disk usage; mount; partition
      table; filesystem; file system; symlink; symbolic link; process id; kill process; jq; vim;
      neovim; emacs; vs code; vscode; text editor; keyboard shortcut; keybinding; normal mode;
      insert mode; line numbers; cursor; buffer; clipboard; terminal; more information; command
      line; cli tool
    words: command; commands; shell; file; files; directory; path; flag; flags; option; options;
      install; executable; prompt; editor; window; line; lines; recursively; print; convert;
      specific; device
    [media]
    marks: ffmpeg; imagemagick; video; audio; mp3; mp4; image; images; photo; photos; camera;
      exif; gps; screenshot; pdf; pandoc; latex; docx; epub; markdown; ocr; subtitles; music;
      podcast; recipe; cooking; cocktail; ingredients; game; games; chess; twitter; mastodon;
      youtube; spotify; map; maps; latitude; longitude; geojson; gis; bird; birds; museum;
      travel; garden; printer; 3d printing; drawing; color; colour; icon; typography; slides;
      presentation; book; novel; poem; weather; electron; gif; animated gif; thumbnail; crop;
      resize
    words: frame; frames; codec; format; convert; page; document; picture; sound; width; height;
      quality; text; rotate; orientation
    """
}
