/// The vocabulary of analytics; ``SkillTopic`` says how it is written.
enum AnalyticsTopics {
  static let text = """
    [dbt]
    name: dbt; dbt integration and best practices; data build tool
    marks: dbt; dbt core; dbt cloud; dbt run; dbt build; dbt test; dbt seed; dbt snapshot; dbt
      docs; dbt deps; dbt compile; dbt model; dbt models; dbt project; dbt package; dbt
      packages; dbt_project yml; dbt_project; dbt utils; dbt_utils; dbt expectations; dbt labs;
      dbt style guide; data build tool; profiles yml; packages yml; schema yml; sources yml;
      manifest json; run_results; ref function; source function; jinja macro; jinja sql;
      incremental model; incremental models; incremental materialization; is_incremental;
      materialized view config; materialized incremental; materialized table; ephemeral model;
      staging model; staging models; intermediate models; marts; stg_; fct_; dim_; source
      freshness; exposures; dbt exposure; dbt semantic layer; metricflow; model contracts; dbt
      mesh; sqlfluff; astronomer cosmos; cosmos dbt; dbt adapter; dbt artifacts; dbt state;
      defer; state modified; slim ci dbt; generate_schema_name; dbt hub; analytics engineering;
      dbt python model; snapshots yml; singular test; generic test; sdf
    words: jinja; macro; macros; seed; seeds; materialization; materialized; staging; ref;
      sources; model; models; incremental; snapshot; snapshots; package; packages; lineage
      graph; yml; tests; sql; select statement; cte; ctes; analytics engineer
    hints: schema; warehouse; target; transformation; run
    [bi]
    name: bi tool; bi automation; business intelligence; bi tools; dashboards; bi tool
      automation and integration
    marks: business intelligence; bi tool; bi tools; bi dashboard; bi platform; tableau; tableau
      server; tableau extract; power bi; powerbi; dax; power query; looker; lookml; look ml;
      looker studio; data studio; metabase; superset; apache superset; redash; mode analytics;
      sigma computing; qlik; qlikview; qlik sense; thoughtspot; microstrategy; cognos; sap
      businessobjects; domo; sisense; quicksight; amazon quicksight; hex notebook; evidence dev;
      lightdash; preset; holistics; grafana business; cube js; streamlit; plotly dash; kpi
      dashboard; executive dashboard; scheduled report; scheduled reports; report scheduling;
      report subscription; email report; report delivery; dashboard refresh; extract refresh;
      data refresh; dataset refresh; dashboard as code; embedded analytics; embedded dashboard;
      data visualization; data visualisation; visualization tool; visualize data; chart; charts;
      bar chart; line chart; pivot table; pivot tables; drill down; drilldown; slice and dice;
      report builder; reporting tool; ad hoc reporting; self service bi; data exploration;
      explore data; explores; dashboards; dashboarding; workbook; excel report; google sheets
      report; dimension and measure; measure dimension; view file; explore file; data
      storytelling; alerts on dashboards; stakeholder report
    words: dashboard; report; reports; reporting; visualization; visualisation; visual; filter;
      filters; tile; tiles; measure; measures; dimension; dimensions; kpi; kpis; stakeholders;
      business users; explore; view; views; chart type; publish; subscription; spreadsheet
    hints: insights; analytics; business; share; refresh; label
    [data-modelling]
    name: data modeling; data modelling; data modeling and transformation; data transformation;
      dimensional modeling
    marks: data modeling; data modelling; data model; data models; dimensional modeling;
      dimensional modelling; dimensional model; star schema; snowflake schema; galaxy schema;
      fact table; fact tables; dimension table; dimension tables; facts and dimensions; kimball;
      inmon; surrogate key; surrogate keys; natural key; business key; primary key; foreign key;
      foreign keys; composite key; grain; declare the grain; conformed dimension; conformed
      dimensions; slowly changing dimension; slowly changing dimensions; scd; scd type 2; scd2;
      type 2 dimension; junk dimension; degenerate dimension; date dimension; calendar table;
      data mart; data marts; normalization; normalisation; normalized; normalised;
      denormalization; denormalisation; denormalized; normal form; first normal form; second
      normal form; third normal form; 3nf; bcnf; functional dependency; entity relationship; er
      diagram; erd; entity relationship diagram; conceptual model; logical model; physical
      model; logical data model; cardinality of relationship; one to many; many to many;
      relational model; relational schema; schema design; database design; table design;
      database schema; data transformation; data transformations; sql transformation;
      transformation layer; staging layer; wide table; one big table; obt; common table
      expression; window function; window functions; pivot; unpivot; aggregate table; summary
      table; data redundancy; redundant data; dbdiagram; naming conventions; column naming;
      entity; bus matrix; medallion modeling; document model; json modeling
    words: entity; entities; attribute; attributes; relationship; relationships; schema;
      schemas; table; tables; column; columns; join; joins; key; keys; dimension; dimensions;
      fact; facts; transform; transformation; transformations; relational; redundancy; view;
      views; hierarchy; cte; aggregate; model
    hints: database; query; sql; structure; row; rows; business
    [analytics-workflow]
    name: analytics workflow; analytics workflow optimization; analytics workflows; analytics
      optimization; query optimization
    marks: analytics workflow; analytics workflows; analytical workflow; analytics pipeline;
      analytics engineering workflow; query optimization; query optimisation; optimize query;
      optimize queries; slow query; slow queries; query performance; query tuning; query plan;
      execution plan; explain analyze; explain plan; query profile; query profiler; query
      acceleration; materialized view; materialised view; materialized views; pre aggregation;
      preaggregation; aggregate awareness; aggregate table; result cache; query cache; caching
      layer; partition pruning; clustering keys; index tuning; olap; olap cube; olap cubes;
      online analytical processing; multidimensional; rolap; molap; cube; cubes; rollup; roll
      up; drill across; papermill; parameterized notebook; parameterised notebook; scheduled
      query; scheduled queries; scheduled notebook; notebook job; ad hoc analysis; ad hoc query;
      ad hoc queries; exploratory analysis; exploratory data analysis; eda; sqlmesh; sql
      linting; sql style; sql formatter; reproducible analysis; analysis repository; analyst
      workflow; analyst productivity; time to insight; month end close; month end reporting;
      report generation; analytics request; jupyter notebook; jupyter notebooks; quarto; r
      markdown; duckdb; polars; vectorized; columnar analytics; trigger rule; branching; sql
      operator; analytics team; analytics as code; version control for analytics; analytical
      queries; analytical query; aggregates data; faster to query
    words: analytics; analysis; analyst; analysts; query; queries; reporting; notebook;
      notebooks; performance; optimize; optimise; optimized; optimization; faster; caching;
      cached; aggregate; aggregates; aggregation; index; indexes; cost based; sql;
      parameterized; multiple dimensions; workflow; incremental; window functions
    hints: slow; report; table; tables; schedule; join; reuse
    [realtime-analytics]
    name: real time analytics; realtime analytics; real time analytics pipelines; streaming
      analytics
    marks: real time analytics; realtime analytics; streaming analytics; real time dashboard;
      real time dashboards; live dashboard; live dashboards; real time reporting; real time
      insights; real time olap; real time metrics; clickhouse; apache druid; druid; apache
      pinot; pinot; startree; rockset; tinybird; materialize; risingwave; timeplus; ksqldb;
      singlestore; memsql; doris; apache doris; starrocks; timescaledb; questdb; influxdb;
      apache kylin; kylin; kudu; apache kudu; streaming sql; sql on streams; continuous query;
      continuous queries; continuous aggregate; continuous aggregates; incremental view
      maintenance; streaming materialized view; materialized view on stream; sub second; sub
      second query; subsecond; sub second latency; low latency analytics; low latency query; low
      latency queries; high concurrency queries; user facing analytics; customer facing
      analytics; operational analytics; event analytics; clickstream; clickstream analytics;
      event counter; event counts; rolling window; rolling count; rolling average; time series
      database; time series analytics; time bucket; windowed counts; streaming ingestion; ingest
      and query; ingestion and query; mergetree; replacingmergetree; segments and rollup; star
      tree index; hybrid table; kafka engine; live data; up to the second; seconds fresh; fresh
      data; product analytics; posthog; snowplow; segment analytics; olap database; column
      oriented database; column oriented dbms; columnar olap; hydra columnar
    words: real time; realtime; live; analytics; olap; low latency; latency; streaming; events;
      event; time series; window; windows; aggregates; aggregation; aggregations; rows per
      second; billions of rows; query latency; columnar; column oriented; dashboards;
      concurrency; millisecond; continuously
    hints: query; queries; sql; dashboard; counts; fast; database
    [advanced-modelling]
    name: advanced data modeling; advanced modelling; advanced modeling techniques; data vault;
      advanced data modeling techniques
    marks: data vault; data vault 2; hub and satellite; hubs links and satellites; hub link
      satellite; satellite table; link table; hash key; hash diff; raw vault; business vault;
      anchor modeling; anchor modelling; activity schema; one big table; obt; wide denormalized;
      bitemporal; bi temporal; valid time; transaction time; valid from valid to; temporal
      table; temporal tables; system versioned; point in time table; pit table; bridge table;
      bridge tables; factless fact; factless fact table; accumulating snapshot; periodic
      snapshot; semi additive; non additive; additive measure; role playing dimension; role
      playing dimensions; mini dimension; outrigger; multi valued dimension; ragged hierarchy;
      hierarchy bridge; recursive hierarchy; adjacency list; nested set; closure table; slowly
      changing dimension type 6; scd type 6; scd type 4; type 6; hybrid scd; late arriving
      dimension; late arriving fact; late arriving dimensions; semantic layer; semantic model;
      semantic models; metric layer; metrics layer; metric store; metric definition; headless
      bi; cube semantic; domain driven design; bounded context; aggregate root; event modeling;
      event storming; entity centric modeling; entity centric; unified star schema; puppini
      bridge; graph data modeling; graph model; property graph; knowledge graph; polymorphic
      association; entity attribute value; eav; single table design; nosql data modeling; access
      patterns; dynamodb single table; data mesh; data product; data products; functional data
      engineering; multi tenant schema; medallion modelling; ontologies; ontology; nested and
      repeated; nested fields; struct array; star schema advanced; galaxy schema; fact
      constellation; snapshot fact; scd type 2; effective dating; effective date
    words: historization; historisation; history; hierarchy; hierarchies; temporal; bridge; hub;
      hubs; satellite; satellites; link; links; measure; additive; semantic; domain; grain;
      dimensions; dimension; facts; versioned; pattern; modeling; modelling; techniques
    hints: schema; table; model; key; entity; relationship; snapshot
    [metadata]
    name: metadata management and lineage; metadata and lineage; data catalog; data lineage;
      metadata management; data governance
    marks: metadata management; metadata; data lineage; lineage; column level lineage; column
      lineage; table lineage; lineage graph; lineage event; openlineage; open lineage; marquez;
      datahub; data hub; amundsen; openmetadata; open metadata; apache atlas; atlas; collibra;
      alation; atlan; select star; castor doc; secoda; egeria; data catalog; data catalogue;
      data cataloging; catalog of datasets; metadata catalog; metadata store; metadata
      repository; metadata registry; metadata ingestion; metadata crawler; data dictionary;
      business glossary; glossary term; glossary terms; data discovery; dataset discovery;
      discoverability; data steward; data stewardship; data owner; data ownership; data
      governance; governance; governed; data classification; data classification tags;
      sensitivity label; pii classification; impact analysis; upstream and downstream;
      downstream impact; provenance; data provenance; technical metadata; business metadata;
      operational metadata; active metadata; unity catalog; glue data catalog; hive metastore;
      purview; microsoft purview; dataplex; data asset; data assets; asset graph; asset catalog;
      schema registry; feature registry; model registry metadata; registry; central catalog;
      single source of truth; dataset facets; run facets; job facets; ml metadata; mlmd; spline;
      tokern; queryparser lineage; sql parser lineage; tag propagation; documentation of
      datasets; data documentation; annotations for datasets; versioned metadata; metadata api;
      dublin core
    words: catalog; catalogue; lineage; glossary; owner; owners; ownership; tags; tagging;
      discover; discovery; upstream; downstream; asset; assets; governance; definitions;
      registered; register; dataset; datasets; documentation; classification; schema;
      description; descriptions; entities; search for data; provenance; trace back; central
    hints: table; tables; column; columns; version; source; objects; store
    [self-service]
    name: self service analytics; self service; self service analytics platforms; data
      democratization
    marks: self service analytics; self serve analytics; self service bi; self serve; self
      service data; self service; data democratization; data democratisation; democratize data;
      democratise data; citizen analyst; citizen data scientist; citizen developer; non
      technical users; business users; data literacy; data culture; data product; data products;
      data marketplace; data portal; data workspace; data exploration; explore data; visual
      query builder; query builder; no code analytics; no code; low code; drag and drop; ask a
      question; natural language query; natural language to sql; text to sql; text2sql;
      conversational analytics; chat with your data; governed dataset; certified dataset;
      certified datasets; endorsed dataset; curated dataset; curated datasets; shared datasets;
      semantic layer; semantic model; metrics store; metric store; metrics layer; metric
      catalog; headless bi; cube dev; lightdash; metabase; superset; apache superset; looker
      explore; thoughtspot; sigma; redash; mode; hex; count co; sql editor; sql lab; query
      library; query template; saved queries; sandbox schema; analyst sandbox; playground; row
      level security; column level security; access request; request access; analyst onboarding;
      enablement; training for analysts; office hours for data; data mesh; domain team; domain
      teams; data platform team; federated governance; embedded analytics; spreadsheet
      interface; connected sheets; reverse etl; data visualization; data app; data apps
    words: analysts; analyst; business; explore; exploration; users; platform; dashboards;
      dashboard; governed; curated; certified; access; visualization; self; ad hoc; ad hoc
      questions; questions; templates; dataset; datasets; democratize; stakeholders; intuitive;
      empower; easy to use; non engineers
    hints: sql; metrics; portal; workspace; report; reports; team; teams
    """
}
