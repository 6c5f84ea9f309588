/// The vocabulary of machine learning; ``SkillTopic`` says how it is written.
enum ModelTopics {
  static let text = """
    [training]
    name: model training; training pipelines; model training and validation; machine learning
      training; model development
    marks: model training; training pipeline; train model; training model; train a model;
      trained model; training a model; training job; training jobs; training run; training set;
      training data; training dataset; validation set; test set; holdout; hold out; train test
      split; train_test_split; cross validation; k fold; hyperparameter; hyperparameters;
      hyperparameter tuning; hyperparameter optimization; grid search; random search; bayesian
      optimization; early stopping; overfitting; overfit; underfitting; regularization; learning
      rate; loss function; gradient descent; backpropagation; epoch; epochs; optimizer; batch
      size; scikit learn; sklearn; xgboost; lightgbm; catboost; random forest; logistic
      regression; linear regression; decision tree; neural network; neural networks; deep
      learning; pytorch; tensorflow; keras; fastai; pytorch lightning; hugging face;
      transformers trainer; fine tuning; fine tune; finetune; fine tuned; transfer learning;
      optuna; ray tune; katib; hyperopt; kubeflow pipelines; kubeflow; tfx; zenml; metaflow;
      kedro; clearml; mlflow; mlflow run; vertex ai training; sagemaker training; model
      evaluation; evaluation metric; confusion matrix; roc auc; f1 score; precision and recall;
      mean squared error; rmse; model artifact; model checkpoint; retraining; retrain; automated
      retraining; automl; auto sklearn; autogluon; nas; ml pipeline; machine learning pipeline;
      training code; labelled data; labeled data; supervised learning; classifier; regression
      model; ground truth labels; model selection; baseline model
    words: training; train; trained; model; models; machine learning; ml; epoch; validation;
      accuracy; objective metric; experiment; experiments; trial; trials; labels; dataset;
      evaluate; evaluation; predict; prediction; estimator; fit; gpu; tune; tuning; data
      scientist; data scientists; algorithm; trainer; search space; parameters
    hints: pipeline; metrics; notebook; jupyter; weights; score
    [features]
    name: feature engineering; feature engineering workflows; feature pipelines; feature store
    marks: feature engineering; feature store; feature stores; feature pipeline; feature view;
      feature views; feature table; feature group; feature registry; feature set; feature
      retrieval; feature vector; feature vectors; feature values; feature definition; feature
      definitions; feature transformation; feature transformations; feature selection; feature
      extraction; feature importance; feature computation; feature freshness; feature
      materialization; feature serving; feature service; feature column; feature columns; feast;
      tecton; hopsworks; featureform; feathr; chronon; online store; offline store; point in
      time; point in time join; point in time joins; point in time correct; training serving
      skew; entity key; historical features; get_historical_features; online features;
      get_online_features; materialize incremental; one hot; one hot encoding; label encoding;
      target encoding; ordinal encoding; imputation; imputer; missing value imputation; standard
      scaler; min max scaling; normalize features; feature scaling; standardization; binning;
      bucketize; embedding; embeddings; tf idf; tfidf; bag of words; tokenization; polynomial
      features; lag feature; lag features; rolling features; aggregation features;
      dimensionality reduction; pca; columntransformer; feature tools; featuretools; on demand
      feature; derived features; categorical variables; categorical features; numerical
      features; feature leakage; data leakage; tsfresh; preprocessing
    words: feature; features; entity; entities; entity rows; encode; encoding; scaler; transform
      features; transformer; aggregation; aggregations; rolling; ttl; event timestamp; udf;
      categorical; numeric; vector; vectors; column transformer; data scientists; training data;
      training dataset; ml; online; offline
    hints: transformation; transformations; join; joins; timestamp; dataset; model; window
    [deployment]
    name: model deployment; model serving; deployment and serving; model deployment and serving
    marks: model serving; model deployment; deploy model; deploy a model; deploy models;
      deploying models; deployed model; deployed models; model server; model servers; serve a
      model; serve models; serving models; serving runtime; model endpoint; inference service;
      inferenceservice; inference server; inference endpoint; prediction endpoint; prediction
      service; prediction api; model registry; model version; model versioning; model packaging;
      model format; saved model; savedmodel; onnx; onnx runtime; torchscript; torchserve;
      tensorflow serving; tf serving; triton; triton inference server; tensorrt; kserve;
      kfserving; seldon; seldon core; bentoml; ray serve; mlserver; cog; sagemaker endpoint;
      vertex ai endpoint; azure ml endpoint; databricks model serving; mlflow models; mlflow
      model registry; vllm; text generation inference; llm serving; serving llms; openai
      compatible; canary deployment; canary rollout; canary release; shadow deployment; shadow
      traffic; champion challenger; blue green model; model rollback; promote model; model
      promotion; staging to production model; model artifact; load the model; model container;
      batch prediction; batch scoring; batch inference; predict endpoint; model monitoring
      endpoint; joblib; pickle model; model weights; quantization; model compression; edge
      deployment; tflite; core ml; openvino; gradio; serving infrastructure; model inference;
      predictor; serverless inference
    words: serving; serve; deploy; deployed; deployment; endpoint; endpoints; inference;
      predict; prediction; predictions; model; models; registry; version; versions; rollout;
      rollback; rest api; grpc; flask app; fastapi; container; scale; replicas; production; gpu;
      llm; llms; web app
    hints: api; server; request; requests; docker; image; release; artifact
    [experimentation]
    name: a b testing; ab testing; experimentation; experiments; a/b testing and experimentation
    marks: a b test; a b tests; a b testing; ab test; ab testing; split test; split testing;
      online experiment; online experiments; controlled experiment; randomized controlled;
      experiment platform; experimentation platform; experiment tracking; experiment tracker;
      track experiments; tracking experiments; weights and biases; wandb; mlflow tracking;
      neptune ai; comet ml; aim experiment; growthbook; optimizely; statsig; launchdarkly
      experiment; eppo; feature flag; feature flags; control group; treatment group; treatment
      and control; treatment effect; average treatment effect; statistical significance;
      statistically significant; p value; p values; confidence interval; null hypothesis;
      hypothesis test; hypothesis testing; t test; chi squared; sample size; power analysis;
      statistical power; minimum detectable effect; effect size; uplift; lift; conversion rate;
      multi armed bandit; bandit; bandits; thompson sampling; epsilon greedy; sequential
      testing; peeking problem; cuped; variance reduction; novelty effect; sample ratio
      mismatch; randomization; randomisation; randomization unit; guardrail metric; guardrail
      metrics; north star metric; interleaving; causal inference; difference in differences;
      propensity score; switchback; holdout group; experiment design; experiment results;
      experiment run; compare runs; experiments and trials; experiment controller; suggestion
      service; hyperparameter experiment; exposure event; variant assignment; bucketing
    words: experiment; experiments; experimentation; variant; variants; trial; trials;
      hypothesis; significance; control; treatment; randomized; bucket users; conversion;
      metric; metrics; compare; comparison; runs; statistical; rollout percentage; cohort
    hints: test; testing; users; results; objective; sample
    [multi-model]
    name: multi model; multi model orchestration; model orchestration; ensembles
    marks: multi model; multi model orchestration; multi model serving; multi model endpoint;
      multi model endpoints; multiple models; model ensemble; ensemble; ensembles; ensembling;
      ensemble learning; stacking; stacked generalization; bagging; boosting; voting classifier;
      blending models; model chaining; chain models; chained models; inference graph; inference
      graphs; inferencegraph; model graph; model cascade; cascade of models; model routing;
      model router; router model; llm router; llm gateway; mixture of experts; moe; expert
      models; model composition; deployment graph; pipeline of models; model pipeline; model per
      tenant; many models; per customer model; modelmesh; model mesh; langchain; langgraph;
      agent orchestration; multi agent; multi agent system; agentic workflow; tool calling;
      semantic kernel; crewai; autogen; rag pipeline; retrieval augmented generation; reranker;
      reranking; combining predictions; weighted average of predictions; meta model; meta
      learner; fallback model; model selection at runtime; orchestrate models; model
      dependencies; sequence of models; splitter node; switch node
    words: orchestration; orchestrate; router; routing; chain; chaining; combine; combined
      predictions; models; agent; agents; graph; node; nodes; sub models; base models; steps;
      fallback
    hints: model; pipeline; predictions; sequence; multiple
    [distributed]
    name: distributed training; distributed training workflows; distributed machine learning
    marks: distributed training; distributed data parallel; data parallel; data parallelism;
      dataparallel; ddp; fsdp; fully sharded data parallel; model parallel; model parallelism;
      tensor parallel; tensor parallelism; pipeline parallel; pipeline parallelism; sequence
      parallelism; expert parallelism; horovod; deepspeed; zero redundancy; zero stage;
      megatron; megatron lm; torchrun; torch distributed; torch elastic; elastic training; multi
      gpu; multi node; multi worker; multiworkermirroredstrategy; mirroredstrategy; distribution
      strategy; parameter server; parameter servers; ring allreduce; allreduce; all reduce; all
      gather; reduce scatter; nccl; gloo; mpi; mpi operator; mpijob; pytorchjob; tfjob;
      trainjob; training operator; kubeflow trainer; kubeflow training operator; ray train; ray
      cluster; accelerate launch; hugging face accelerate; gradient accumulation; gradient
      synchronization; gradient compression; synchronous training; asynchronous sgd; large batch
      training; world size; local rank; node rank; rendezvous; infiniband; nvlink; rdma;
      gpudirect; mixed precision; bf16; fp16; gradient checkpointing; activation checkpointing;
      checkpoint sharding; distributed checkpoint; sharded; federated learning; large scale
      training; large language model training; pretraining; pre training; fine tuning llms; llm
      fine tuning; lora; qlora; peft; tpu pod; tpu; tpus; jobset; volcano; kueue; gang
      scheduling; slurm; spark mllib; dask ml
    words: distributed; gpus; gpu; worker; workers; nodes; cluster; parallel; parallelism; scale
      training; training; multi; llm; llms; large models; fine tuning; checkpoint; replica;
      shard; sharding; interconnect; all workers; launcher
    hints: train; model; models; batch; scale; memory
    [inference]
    name: real time inference; realtime inference; online inference; inference pipelines; real
      time inference pipelines
    marks: real time inference; realtime inference; online inference; online prediction; online
      predictions; real time prediction; real time predictions; real time scoring; low latency
      inference; inference latency; prediction latency; serving latency; tail latency; p99
      latency; inference pipeline; inference pipelines; inference request; inference requests;
      inference at scale; streaming inference; streaming prediction; request batching; dynamic
      batching; continuous batching; adaptive batching; micro batching inference; model
      inference; inference server; feature server; online serving; online features; online
      feature; online store lookup; feature lookup; real time features; get_online_features;
      prediction cache; response caching; warm start; cold start; concurrency autoscaling; token
      streaming; time to first token; tokens per second; kv cache; paged attention; speculative
      decoding; vllm; triton; tensorrt; tensorrt llm; llm d; text generation inference; grpc
      endpoint; grpc inference; synchronous prediction; on the fly; fraud detection;
      recommendation serving; recommendation system; recommender; edge inference; gpu inference;
      inference engine; inference optimization; embedding lookup; vector search; approximate
      nearest neighbor; serve predictions; pre computed predictions; precomputed predictions;
      cached predictions; scoring endpoint; scoring service; knative serving; request path
    words: inference; real time; realtime; online; latency; low latency; millisecond;
      milliseconds; predictions; prediction; predict; request; requests; response; serving;
      throughput; endpoint; server; cache; redis; gpu; concurrency; streaming; llm; llms; model
      server; http server; lookup
    hints: model; models; api; feature; features; client; event
    [ml-observability]
    name: ml observability; ml system observability; model monitoring; machine learning
      monitoring
    marks: ml observability; ml monitoring; model monitoring; monitor models; monitoring models;
      model performance monitoring; model quality monitoring; data drift; concept drift; feature
      drift; prediction drift; model drift; drift detection; drift detector; distribution shift;
      covariate shift; label shift; population stability index; psi; kolmogorov smirnov; kl
      divergence; jensen shannon; wasserstein; evidently; evidently ai; whylogs; whylabs; arize;
      arize phoenix; fiddler; nannyml; alibi detect; deepchecks; great expectations for ml;
      seldon alibi; explainability; explainable; shap; shapley; lime explanations; feature
      attribution; model decay; model degradation; performance degradation; model staleness;
      prediction distribution; prediction logging; inference logging; request logging for
      models; payload logging; serving logs; feature monitoring; feature quality; feature
      statistics; feature health; baseline distribution; reference dataset; bias detection;
      fairness; fairness metrics; calibration; ground truth delay; delayed labels; embedding
      drift; llm observability; langfuse; langsmith; phoenix traces; prompt monitoring;
      hallucination; llm evaluation; llm as a judge; model audit; model card; outlier detection;
      training serving skew detection; production model; model metrics
    words: drift; monitoring; monitor; observability; distribution; distributions; baseline;
      degradation; model; models; predictions; statistical metrics; histogram; alert; metrics;
      ml; feature; features; inference; machine learning; skew; machine learning systems;
      feature server; data scientists
    hints: logs; dashboard; track; performance; traces; quality; prometheus
    """
}
