/// Names of languages, systems and services that advertisements ask engineers for, so that a name can
/// be told from an ordinary word with a capital. Not a list of what is good: of what has that name.
enum Technologies {
  /// In lower case, words apart by one space.
  static let names: Set<String> = Set(
    text.split(separator: ",").map { $0.split { $0 == " " || $0.isNewline }.joined(separator: " ") }
  )

  /// How many words the longest of the names has.
  static let mostWords = 4

  private static let text = """
    ada, airbyte, airtable, akka, algolia, alteryx, amazon athena, amazon emr, amazon redshift, \
    amazon s3, amazon sqs, amundsen, angular, ansible, ant, apache airflow, apache arrow, \
    apache atlas, apache beam, apache camel, apache cassandra, apache druid, apache flink, \
    apache hive, apache hudi, apache iceberg, apache kafka, apache nifi, apache pinot, \
    apache pulsar, apache ranger, apache spark, apache superset, apex, apollo, appdynamics, \
    arangodb, argo, argo cd, argo workflows, argocd, athena, atlan, aurora, avro, aws, \
    aws batch, aws glue, aws lambda, azure, azure data factory, azure devops, azure functions, \
    azure synapse, backstage, bamboo, bash, bazel, beam, bicep, bigquery, bigtable, bitbucket, \
    buildkite, cassandra, castor, celery, ceph, chef, circleci, clickhouse, clojure, \
    cloud composer, cloud functions, cloud run, cloudera, cloudflare, cloudformation, \
    cloudwatch, cobol, cockroachdb, cognos, collibra, confluence, confluent, consul, \
    control m, cosmos db, couchbase, couchdb, crossplane, cucumber, cypress, d3, dagster, dart, \
    dask, data factory, data vault, databricks, dataflow, dataform, datadog, datahub, \
    dataproc, datastage, db2, dbt, debezium, delphi, delta lake, deno, django, dms, docker, \
    docker compose, docker swarm, domo, dremio, dropwizard, drupal, duckdb, dynamodb, \
    dynatrace, eks, ecs, elastic, elasticsearch, elixir, elk, ember, emr, envoy, erlang, \
    etcd, excel, express, fargate, fastapi, feast, figma, firebase, firebolt, fivetran, \
    flask, flink, flutter, fluentd, flux, fortran, gatling, gcp, genai, git, gitea, github, \
    github actions, gitlab, gitlab ci, gke, glue, go, golang, google analytics, google cloud, \
    grafana, great expectations, greenplum, graphql, groovy, grpc, hadoop, haskell, hazelcast, \
    hbase, hcl, hdfs, helm, heroku, hevo, hibernate, hive, hudi, iceberg, ibm mq, impala, influxdb, \
    informatica, insomnia, istio, java, javascript, jenkins, jest, jetty, jinja, jira, \
    jmeter, jruby, julia, junit, jupyter, k3s, k6, k8s, kafka, kafka connect, kafka streams, \
    keras, keda, keycloak, kestra, kibana, kinesis, knative, kotlin, kubeflow, kubernetes, \
    kustomize, lambda, langchain, laravel, ldap, lightgbm, linkerd, linux, llamaindex, \
    logstash, loki, looker, lookml, lua, luigi, mage, mapreduce, mariadb, matillion, matlab, \
    maven, meltano, memcached, mesos, metabase, metaflow, micronaut, microstrategy, milvus, \
    minio, mlflow, mongodb, monte carlo, mssql, mulesoft, mysql, n8n, nats, neo4j, netezza, \
    new relic, nginx, nifi, node, nomad, numpy, odoo, okta, oozie, openmetadata, \
    opensearch, openshift, openstack, opentelemetry, opsgenie, oracle, orc, packer, pagerduty, \
    pandas, parquet, pentaho, perl, php, pinecone, pinot, plotly, podman, polars, postgres, \
    postgresql, postman, power bi, powershell, prefect, presto, prisma, prometheus, protobuf, \
    pub sub, pubsub, puppet, pulsar, pulumi, pydantic, pyspark, pytest, python, pytorch, qlik, \
    qlik sense, quarkus, r, rabbitmq, rails, ranger, ray, react, redis, redpanda, redshift, redux, \
    rest, rspec, ruby, rundeck, rust, s3, sagemaker, saltstack, salesforce, sap, sap hana, sas, \
    scala, scikit learn, selenium, sentry, servicenow, shell, sigma, singer, sisense, slack, \
    snowflake, snowpipe, soda, solr, sonarqube, spark, spark streaming, spinnaker, splunk, spring, \
    spring boot, sql, sql server, sqlite, sqlmesh, sqoop, ssis, ssrs, starburst, step functions, \
    storm, streamlit, stitch, superset, svelte, swift, sybase, synapse, tableau, talend, tempo, \
    temporal, tensorflow, teradata, terraform, terragrunt, thanos, thoughtspot, timescaledb, \
    tomcat, traefik, trino, typescript, unity catalog, unix, vault, vercel, vertex ai, \
    vertica, vmware, vue, weaviate, webpack, xgboost, yarn, zabbix, zeppelin, zookeeper
    """
}
