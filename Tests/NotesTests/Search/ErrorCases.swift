/// Errors as they come, and the note that was written about each when it came first.
///
/// In an occurrence {path}, {line}, {hex}, {time}, {id}, {number} and {host} are other ones each time.
/// Several notes of one family stand beside each other, so that the words that tell them apart count.
/// None is an error that a note of the starter vault is about already.
struct ErrorCase: Sendable {
  var name: String
  /// The Markdown of the note below its title.
  var note: String
  var occurrence: String

  /// Looked at while the reading of errors was worked out.
  static let known: [ErrorCase] = [
    ErrorCase(
      name: "postgres refuses",
      note: """
        ```text
        psycopg2.OperationalError: connection to server at "db.internal" (10.0.3.7), port 5432 failed: Connection refused
        ```
        The pooler was down; start it before the workers.
        """,
      occurrence: """
        Traceback (most recent call last):
          File "{path}/load.py", line {line}, in <module>
            engine.connect()
          File "{path}/site-packages/psycopg2/__init__.py", line {line}, in connect
            conn = _connect(dsn, connection_factory=connection_factory, **kwasync)
        psycopg2.OperationalError: connection to server at "{host}" ({number}.0.0.1), port 5432 failed: Connection refused
        	Is the server running on that host and accepting TCP/IP connections?
        """),
    ErrorCase(
      name: "redis refuses",
      note: """
        `redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.`
        Compose started the broker later than the worker.
        """,
      occurrence: """
        [{time}: ERROR/MainProcess] consumer: Cannot connect to redis://{host}:6379/0
        redis.exceptions.ConnectionError: Error 111 connecting to {host}:6379. Connection refused.
        """),
    ErrorCase(
      name: "docker daemon",
      note: """
        ```text
        Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?
        ```
        """,
      occurrence: """
        {time} step 4/9
        docker: Cannot connect to the Docker daemon at unix://{path}/docker.sock. Is the docker daemon running?
        See 'docker run --help'.
        """),
    ErrorCase(
      name: "java heap",
      note: """
        The executor died with `java.lang.OutOfMemoryError: Java heap space` while it shuffled; more
        partitions, not more memory.
        """,
      occurrence: """
        {time} ERROR Executor: Exception in task {number}.0 in stage {number}.0 (TID {number})
        java.lang.OutOfMemoryError: Java heap space
        	at java.base/java.util.Arrays.copyOf(Arrays.java:{line})
        	at org.apache.spark.util.collection.PartitionedAppendOnlyMap.growTable(AppendOnlyMap.scala:{line})
        """),
    ErrorCase(
      name: "metaspace",
      note: "`java.lang.OutOfMemoryError: Metaspace` after the tenth reload: class loaders leak.",
      occurrence: """
        Exception in thread "reload-{number}" java.lang.OutOfMemoryError: Metaspace
        	at java.base/java.lang.ClassLoader.defineClass1(Native Method)
        	at java.base/java.lang.ClassLoader.defineClass(ClassLoader.java:{line})
        """),
    ErrorCase(
      name: "node heap",
      note: """
        ```text
        FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory
        ```
        Raise it for the build: `NODE_OPTIONS=--max-old-space-size=4096`.
        """,
      occurrence: """
        <--- Last few GCs --->
        [{number}:{hex}] {number} ms: Mark-sweep {number}.3 ({number}.1) -> {number}.2 MB
        FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory
         1: {hex} node::Abort() [{path}/node]
         2: {hex} v8::internal::V8::FatalProcessOutOfMemory [{path}/node]
        """),
    ErrorCase(
      name: "module python",
      note:
        "`ModuleNotFoundError: No module named 'pyarrow'`: the wheel has no build for that Python.",
      occurrence: """
        Traceback (most recent call last):
          File "{path}/dags/export.py", line {line}, in <module>
            import pyarrow.parquet as pq
        ModuleNotFoundError: No module named 'pyarrow'
        """),
    ErrorCase(
      name: "module node",
      note: "`Error: Cannot find module 'sharp'`: the lock file was made on another system.",
      occurrence: """
        node:internal/modules/cjs/loader:{line}
          throw err;
        Error: Cannot find module 'sharp'
        Require stack:
        - {path}/images.js
            at Module._resolveFilename (node:internal/modules/cjs/loader:{line}:15)
        """),
    ErrorCase(
      name: "borrow",
      note: """
        ```text
        error[E0502]: cannot borrow `rows` as mutable because it is also borrowed as immutable
        ```
        """,
      occurrence: """
        error[E0502]: cannot borrow `buffer` as mutable because it is also borrowed as immutable
          --> {path}/main.rs:{line}:9
           |
        {line} |     buffer.push(1);
           |     ^^^^^^^^^^^^^^ mutable borrow occurs here
        """),
    ErrorCase(
      name: "moved",
      note: "`error[E0382]: borrow of moved value` in a loop: clone the handle before it.",
      occurrence: """
        error[E0382]: borrow of moved value: `client`
          --> {path}/worker.rs:{line}:20
           = note: move occurs because `client` has type `Client`, which does not implement the `Copy` trait
        """),
    ErrorCase(
      name: "nil map",
      note: "`panic: assignment to entry in nil map`: make the map first.",
      occurrence: """
        panic: assignment to entry in nil map

        goroutine {number} [running]:
        main.(*Store).Put(0x{hex}, {0x{hex}, 0x3})
        	{path}/store.go:{line} +0x{hex}
        exit status 2
        """),
  ]

  /// Written afterwards and never looked at while it was.
  static let heldOut: [ErrorCase] = [
    ErrorCase(
      name: "ssh key",
      note:
        "`git@github.com: Permission denied (publickey).` The agent had no key on the new laptop.",
      occurrence: """
        Cloning into '{path}'...
        git@{host}: Permission denied (publickey).
        fatal: Could not read from remote repository.

        Please make sure you have the correct access rights
        """),
    ErrorCase(
      name: "port below 1024",
      note:
        "`bind: permission denied` when the server listens on a port below 1024 without rights.",
      occurrence: """
        {time} [emerg] {number}#{number}: starting {path}/server
        listen tcp 0.0.0.0:443: bind: permission denied
        """),
    ErrorCase(
      name: "database rights",
      note: """
        ```text
        psycopg2.errors.InsufficientPrivilege: permission denied for table orders
        ```
        New tables need default privileges.
        """,
      occurrence: """
          File "{path}/cursor.py", line {line}, in execute
        psycopg2.errors.InsufficientPrivilege: permission denied for table payments_{number}
        [{time}] {{taskinstance.py:{line}}} INFO - Marking task as FAILED. dag_id=load, run_id={id}
        """),
    ErrorCase(
      name: "deadlock",
      note:
        "`ERROR: deadlock detected` when two backfills update the same rows: order the updates.",
      occurrence: """
        {time} UTC [{number}] ERROR:  deadlock detected
        {time} UTC [{number}] DETAIL:  Process {number} waits for ShareLock on transaction {number}; blocked by process {number}.
        {time} UTC [{number}] CONTEXT:  while updating tuple ({number},{line}) in relation "orders"
        """),
    ErrorCase(
      name: "timeout of a statement",
      note:
        "`canceling statement due to statement timeout`: the index was missing after the restore.",
      occurrence: """
        django.db.utils.OperationalError: canceling statement due to statement timeout
        request_id={id} duration={number}ms path={path}
        """),
    ErrorCase(
      name: "image pull",
      note: """
        Events say `Failed to pull image` and then `ImagePullBackOff`: the secret for the registry was in
        another namespace.
        """,
      occurrence: """
        Events:
          Type     Reason     Age                From               Message
          Normal   Scheduled  {number}s          default-scheduler  Successfully assigned jobs/etl-{hex} to {host}
          Warning  Failed     {number}s (x3 over 2m)  kubelet       Failed to pull image "{host}/etl:{number}": rpc error: code = Unknown
          Warning  Failed     {number}s (x3 over 2m)  kubelet       Error: ImagePullBackOff
        """),
    ErrorCase(
      name: "crash loop",
      note: "`Back-off restarting failed container`: the entry point had Windows line endings.",
      occurrence: """
          Warning  BackOff  {number}s (x{number} over {number}m)  kubelet  Back-off restarting failed container app in pod web-{hex}-{hex}_prod({id})
        """),
    ErrorCase(
      name: "unschedulable",
      note:
        "`0/3 nodes are available: 3 Insufficient memory.` Requests were copied from the big job.",
      occurrence: """
          Warning  FailedScheduling  {number}s  default-scheduler  0/{number} nodes are available: {number} Insufficient memory. preemption: 0/{number} nodes are available.
        """),
    ErrorCase(
      name: "swift index",
      note: "`Fatal error: Index out of range` in the pager: the last page can be empty.",
      occurrence: """
        Swift/ContiguousArrayBuffer.swift:{line}: Fatal error: Index out of range
        Current stack trace:
        0    libswiftCore.so                    0x{hex} _swift_stdlib_reportFatalErrorInFile + 112
        1    pager                              0x{hex} main + {number} at {path}/main.swift:{line}:7
        """),
    ErrorCase(
      name: "swift unwrap",
      note:
        "`Fatal error: Unexpectedly found nil while unwrapping an Optional value`: the environment.",
      occurrence: """
        main/Config.swift:{line}: Fatal error: Unexpectedly found nil while unwrapping an Optional value
        0    config     0x{hex} Config.init() + {number} at {path}/Config.swift:{line}
        """),
    ErrorCase(
      name: "js undefined",
      note: "`TypeError: Cannot read properties of undefined (reading 'map')`: wait for the rows.",
      occurrence: """
        Uncaught (in promise) TypeError: Cannot read properties of undefined (reading 'map')
            at Orders (webpack-internal:///{path}/Orders.tsx:{line}:31)
            at renderWithHooks ({path}/react-dom.development.js:{line}:18)
        """),
    ErrorCase(
      name: "js function",
      note: "`TypeError: fetchRows is not a function`: a default import of a named export.",
      occurrence: """
        {path}/report.mjs:{line}
        TypeError: fetchRows is not a function
            at file://{path}/report.mjs:{line}:15
            at ModuleJob.run (node:internal/modules/esm/module_job:{line}:25)
        """),
    ErrorCase(
      name: "java class",
      note: """
        ```text
        java.lang.NoClassDefFoundError: org/apache/hadoop/fs/FileSystem
        ```
        The connector wants the other bundle.
        """,
      occurrence: """
        Exception in thread "main-{number}" java.lang.NoClassDefFoundError: org/apache/hadoop/fs/FileSystem
        	at org.apache.spark.deploy.SparkHadoopUtil.newConfiguration(SparkHadoopUtil.scala:{line})
        Caused by: java.lang.ClassNotFoundException: org.apache.hadoop.fs.FileSystem
        	at java.base/jdk.internal.loader.BuiltinClassLoader.loadClass(BuiltinClassLoader.java:{line})
        """),
    ErrorCase(
      name: "java null",
      note:
        "`java.lang.NullPointerException: Cannot invoke \"String.length()\"`: a header without a value.",
      occurrence: """
        {time}  WARN {number} --- [nio-{number}-exec-3] handler: request {id}
        java.lang.NullPointerException: Cannot invoke "String.length()" because "<local{number}>" is null
        	at com.example.Header.parse(Header.java:{line})
        	at com.example.Filter.doFilter(Filter.java:{line})
        """),
    ErrorCase(
      name: "go pointer",
      note:
        "`panic: runtime error: invalid memory address or nil pointer dereference`: err was not looked at.",
      occurrence: """
        panic: runtime error: invalid memory address or nil pointer dereference
        [signal SIGSEGV: segmentation violation code=0x1 addr=0x{hex} pc=0x{hex}]

        goroutine {number} [running]:
        main.fetch({0x{hex}, 0x1c})
        	{path}/fetch.go:{line} +0x{hex}
        """),
    ErrorCase(
      name: "go race",
      note: "`fatal error: concurrent map writes`: a mutex around the cache.",
      occurrence: """
        fatal error: concurrent map writes

        goroutine {number} [running]:
        internal/runtime/maps.fatal({0x{hex}, 0x15})
        	{path}/runtime/panic.go:{line} +0x18
        main.(*Cache).Set(...)
        """),
    ErrorCase(
      name: "shell command",
      note: "`exec: line 3: jq: command not found`: the slim image has none.",
      occurrence: """
        + curl -s https://{host}/v1/rows?page={number}
        {path}/run.sh: line {line}: jq: command not found
        Error: Process completed with exit code 127.
        """),
    ErrorCase(
      name: "disk full",
      note: "`OSError: [Errno 28] No space left on device`: old logs of the scheduler.",
      occurrence: """
        [{time}] {{local_executor.py:{line}}} ERROR - Failed to execute task {id}
          File "{path}/file_task_handler.py", line {line}, in emit
        OSError: [Errno 28] No space left on device: '{path}/attempt={number}.log'
        """),
    ErrorCase(
      name: "open files",
      note: "`OSError: [Errno 24] Too many open files`: sessions were never closed.",
      occurrence: """
        Exception in callback <function connect at 0x{hex}>
          File "{path}/selector_events.py", line {line}, in _accept_connection
        OSError: [Errno 24] Too many open files
        """),
    ErrorCase(
      name: "certificate",
      note: """
        ```text
        ssl.SSLCertVerificationError: certificate verify failed: unable to get local issuer certificate
        ```
        The company's proxy signs anew.
        """,
      occurrence: """
        requests.exceptions.SSLError: HTTPSConnectionPool(host='{host}', port=443): Max retries exceeded with url: /simple/{id} (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:{line})')))
        """),
    ErrorCase(
      name: "certificate too old",
      note:
        "`certificate verify failed: certificate has expired`: renewal ran, the reload did not.",
      occurrence: """
        curl: (60) SSL certificate problem: certificate has expired
        urllib.error.URLError: <urlopen error [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:{line})>
        """),
    ErrorCase(
      name: "terraform lock",
      note:
        "`Error: Error acquiring the state lock`: a run was cancelled; `force-unlock` with its id.",
      occurrence: """
        │ Error: Error acquiring the state lock
        │
        │ Error message: ConditionalCheckFailedException: The conditional request failed
        │ Lock Info:
        │   ID:        {id}
        │   Path:      {path}/terraform.tfstate
        │   Created:   {time}
        """),
  ]
}
