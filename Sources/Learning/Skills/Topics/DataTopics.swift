/// The vocabulary of data engineering; ``SkillTopic`` says how it is written.
enum DataTopics {
  static let text = """
    [etl]
    name: etl; elt; etl patterns; data integration; data ingestion; extract transform load
    marks: etl; elt; extract transform load; extract load transform; reverse etl; change data
      capture; cdc; incremental load; full load; full refresh; delta load; bulk load; data
      ingestion; ingest data; data pipeline; data connector; source connector; backfill;
      idempotent; idempotency; upsert; merge into; on conflict do update; staging table; high
      watermark; slowly arriving data; airbyte; fivetran; stitch data; meltano; singer tap; dlt;
      embulk; apache nifi; nifi; talend; informatica; ssis; aws glue; glue job; matillion; hevo;
      debezium connector; sqoop; pentaho; kettle; logstash; estuary; portable connector; dag
      factory; taskflow; xcom; airflow dag; dynamic task mapping; catchup; luigi; dagster;
      prefect; mage ai; kestra; orchestrator; data orchestration
    words: extract; ingestion; ingest; connector; transformation; load data; loading data;
      source system; destination; sync mode; incremental; dag; dags; airflow; task group;
      operator; schedule interval; scheduler; cron schedule; retry; retries; deduplicate;
      deduplication; file drop; landing zone; raw layer; batch job; job scheduler; workflow
      orchestration; data movement; replicate; replication; pagination; api extraction; pandas;
      polars; csv file; flat file; parse json; data cleaning; cleansing; elasticsearch ingest;
      data source; data sources; orchestration
    hints: pipeline; pipelines; workflow; workflows; transform; load; source; batch; schedule;
      csv; dataframe; import data; export data
    [data-quality]
    name: data quality; data validation; validation frameworks; data testing
    marks: data quality; data validation; great expectations; expectation suite; soda core; soda
      checks; deequ; pydeequ; pandera; data contract; data contracts; data observability; monte
      carlo data; row count check; null check; not null test; uniqueness test; accepted values;
      data profiling; data profile; schema validation; schema drift; anomaly detection;
      freshness check; data freshness; data test; data tests; data unit test; quality check;
      quality checks; quality rule; dead letter; quarantine; quarantined rows; dbt test; dbt
      expectations; elementary data; bad data; bad rows; malformed records; referential
      integrity; data integrity; data accuracy; completeness; dirty data; outlier; outliers;
      null rate; null rates; data reconciliation; data monitoring; data diff; datafold; data
      reliability; checksum validation; json schema; pydantic; cerberus validator; constraint
      violation; validation error; griffin; ge suite; checkpoint validation
    words: expectation; expectations; validate; validation; validator; assertion; assert;
      constraint; constraints; check constraint; duplicates; duplicate rows; missing values;
      nulls; distribution; threshold; expected; valid values; quality; profiling; freshness;
      completeness check; reject; rejected; data type; range check; regex check; accuracy;
      integrity; consistency; conform; business rules
    hints: check; checks; rules; schema; test; tests; errors; invalid; verify
    [warehouse]
    name: data warehouse; warehouses; data warehouses and lakes; warehouse integration
    marks: data warehouse; data warehousing; warehouse; snowflake; snowpipe; snowsql; bigquery;
      redshift; redshift spectrum; athena; azure synapse; synapse analytics; teradata; vertica;
      greenplum; firebolt; exasol; netezza; oracle warehouse; motherduck; cloud warehouse;
      columnar storage; columnar store; column store; column oriented; mpp; massively parallel;
      copy into; external table; external stage; external tables; unload; virtual warehouse;
      clustering key; sort key; dist key; distribution key; zone map; snowflake stage; storage
      integration; bq load; bq query; federated query; presto; trino; starburst; hive; aws glue
      catalog; warehouse connector; s3 bucket; object storage; google cloud storage; azure blob;
      adls; load into the warehouse; enterprise data warehouse; edw; staging schema; data mart
      loading; duckdb
    words: s3; gcs; bucket; parquet; partitioned; partition; partitions; columnar; olap
      database; analytical database; data store; jdbc; odbc; sql warehouse; compute and storage;
      separates compute; petabyte; terabytes; query engine; sql query engine; loading; unload
      data; redshift cluster; dataset; schema; postgres; postgresql; mysql; export to; data
      lake; query data
    hints: storage; table; tables; sql; database; query; queries; cloud
    [pipeline-monitoring]
    name: pipeline monitoring; monitoring and alerting for data pipelines; pipeline alerting;
      data pipeline monitoring
    marks: pipeline monitoring; pipeline alert; pipeline failure; failed pipeline; data
      downtime; sla miss; missed sla; on failure callback; failure callback;
      on_failure_callback; sla_miss_callback; slack alert; slack notification; email on failure;
      email_on_failure; deadline alert; late data alert; stuck in queued; zombie task; heartbeat
      timeout; task failure; dag failure; failed dag; failed task; failing task; job failure;
      job failed; data incident; incident response; on call; oncall; pagerduty; opsgenie;
      victorops; runbook; run book; postmortem; post mortem; alert rule; alerting rule; alert
      manager; alertmanager; dead man switch; healthchecks io; statsd; late run; overdue run;
      run duration; task duration; pipeline health; pipeline status; data pipeline monitoring;
      pipeline observability; notification channel; escalation policy; alert fatigue; job
      monitoring; freshness alert; airflow metrics; scheduler heartbeat; dag run status
    words: alert; alerts; alerting; notify; notification; notifications; notifier; incident;
      failure; failures; failed; sla; slas; heartbeat; timeout; retry; webhook; slack; email
      alert; monitor; monitoring; health check; status page; escalation; callback; logs; stuck;
      late; pipeline; pipelines; downtime
    hints: error; errors; dag; task; job; log; metrics; email; dashboard
    [streaming]
    name: stream processing; kafka; kinesis; streaming; event streaming
    marks: stream processing; event streaming; data streaming; streaming data; data stream;
      kafka; apache kafka; kafka topic; kafka connect; kafka streams; kafka consumer; kafka
      producer; kafka broker; kinesis; kinesis firehose; data firehose; kinesis stream; flink;
      apache flink; flink job; spark streaming; structured streaming; apache beam; beam
      pipeline; pulsar; apache pulsar; redpanda; confluent; schema registry; ksqldb; ksql;
      apache storm; samza; heron; faust; bytewax; pathway; event hubs; event hub; pub sub;
      pubsub; google pub sub; nats jetstream; rabbitmq stream; consumer group; consumer groups;
      consumer lag; consumer offset; committed offset; offset commit; rebalance; partition key;
      exactly once; at least once; at most once; event time; processing time; watermark;
      watermarks; tumbling window; sliding window; hopping window; session window; windowed
      aggregation; windowing; stateful stream; stateful processing; keyed state; state backend;
      checkpointing; savepoint; backpressure; late events; out of order events; log compaction;
      topic partition; topics and partitions; event sourcing; event log; append only log; avro;
      debezium; message broker; unbounded data; stream table; streaming source; streaming sink;
      real time ingestion; stream ingestion; zookeeper; kraft
    words: stream; streams; streaming; topic; topics; broker; brokers; producer; producers;
      consumer; consumers; offset; offsets; event; events; message queue; publish subscribe;
      subscription; subscriber; low latency; micro batch; window; windows; state store;
      continuous; continuously; real time data; message; messages; throughput; shard; shards;
      replay
    hints: partition; partitions; queue; record; records; latency; real time; ingest
    [lakehouse]
    name: data lake and lakehouse; lakehouse; lakehouse architecture; data lake architectures;
      data lake
    marks: data lake; data lakes; lakehouse; data lakehouse; delta lake; delta table; delta log;
      iceberg; apache iceberg; hudi; apache hudi; paimon; apache parquet; parquet; orc; open
      table format; table format; medallion; medallion architecture; bronze silver gold; bronze
      layer; silver layer; gold layer; time travel; schema evolution; partition evolution;
      hidden partitioning; snapshot isolation; manifest file; manifest list; metadata file;
      compaction; compact small files; small files problem; vacuum; z order; zorder; liquid
      clustering; hive metastore; metastore; unity catalog; nessie; lakefs; glue catalog;
      polaris catalog; rest catalog; copy on write; merge on read; raw zone; curated zone;
      landing zone; data swamp; hdfs; hadoop; hadoop distributed file system; minio; object
      store; object storage; schema on read; acid transactions; acid; databricks; spark sql;
      predicate pushdown; column pruning; row group; row groups; avro format; apache arrow;
      dremio; onelake; lake formation; adls; ducklake; columnar file; columnar format; file
      format; data file; data files; external table
    words: lake; spark; apache spark; pyspark; s3; gcs; bucket; partitioned; partitioning;
      partition; snapshot; snapshots; columnar; compression; snappy; zstd; storage layer;
      storage layers; athena; trino; presto; raw data; unstructured data; semi structured; open
      format; time travel query; rollback table; metadata layer; json lines; newline delimited
      json; hive
    hints: storage; schema; files; format; table; tables; catalog; petabyte
    [batch-and-stream]
    name: real time and batch; batch and streaming; batch and stream; real time and batch
      processing coordination; hybrid processing
    marks: lambda architecture; kappa architecture; batch processing; batch data processing;
      batch and stream; batch and streaming; streaming and batch; stream and batch; batch layer;
      speed layer; serving layer; micro batch; microbatch; unified batch; batch and real time;
      real time and batch; batch versus stream; batch vs stream; batch vs streaming; reprocess;
      reprocessing; recompute; backfill from stream; late arriving data; late data; reconcile;
      reconciliation; hybrid pipeline; event driven scheduling; event driven dag; data aware
      scheduling; asset driven; dataset triggered; near real time; nightly batch; overnight
      batch; batch window; batch job; batch jobs; scheduled batch; replay events; apache beam;
      trigger once; available now; push and pull; stream batch unification; materialize
      incremental; assetwatcher; batch source; batch materialization; delta architecture; merge
      historical; historical and live; batch oriented
    words: batch; batches; real time; realtime; streaming; stream; coordination; coordinate;
      latency; hybrid; scheduled; cadence; interval; regular intervals; triggered; nightly;
      hourly; event driven; replay; continuous; processing; late; overnight; trigger; triggers
    hints: schedule; events; window; process; workload; volume
    [cost]
    name: cost optimization; cost optimisation; resource management; finops; cost and resource
      management
    marks: cost optimization; cost optimisation; optimize cost; optimise cost; optimize costs;
      cost saving; cost savings; save costs; saving money; reduce cost; reduce costs; cloud
      cost; cloud costs; cloud bill; cloud spend; finops; cost allocation; cost allocation tags;
      cost explorer; cost management; budget alert; budgets; spot instance; spot instances;
      preemptible; preemptible vm; reserved instance; reserved instances; savings plan; savings
      plans; committed use; right sizing; rightsizing; right size; over provisioned;
      overprovisioned; overprovisioning; underutilized; idle resources; idle cluster; auto
      suspend; scale to zero; autoscaling; autoscaler; auto scaling; horizontal pod autoscaler;
      vertical pod autoscaler; cluster autoscaler; karpenter; keda; bin packing; resource quota;
      resource quotas; resourcequota; limitrange; limit range; resource limits; resource
      requests; cpu limit; memory limit; cpu requests; memory requests; requests and limits;
      quota; quotas; kubecost; opencost; infracost; chargeback; showback; egress cost; data
      transfer cost; storage class; storage tier; lifecycle policy; cold storage; intelligent
      tiering; slot usage; slot reservation; query cost; bytes scanned; bytes billed; warehouse
      size; credit usage; credits; compute cost; price per; unit economics; total cost of
      ownership; tco; capacity planning; resource allocation; resource utilization; resource
      utilisation; resource management; utilization; pay as you go; instance type; pricing
    words: cost; costs; expensive; cheaper; cheap; budget; bill; billing; spend; price; pay;
      savings; capacity; utilisation; idle; provision; scaling; scale down; scale up; replicas;
      consumption; cpu; memory; compute resources; limits; requests; waste; efficient; pools;
      priority class; deferrable operator; throttling
    hints: resources; resource; usage; instance; scale; storage; namespace; performance
    """
}
