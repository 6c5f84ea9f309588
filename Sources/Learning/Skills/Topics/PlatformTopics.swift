/// The vocabulary of infrastructure; ``SkillTopic`` says how it is written.
enum PlatformTopics {
  static let text = """
    [kubernetes]
    name: kubernetes; k8s; kubernetes deployment and management; container orchestration
    marks: kubernetes; k8s; kubectl; helm; helm chart; helm charts; helm install; kustomize;
      minikube; kind cluster; k3s; k0s; microk8s; eks; gke; aks; openshift; rancher; pod; pods;
      podspec; pod template; deployment yaml; replicaset; replicasets; statefulset;
      statefulsets; daemonset; daemonsets; cronjob resource; configmap; configmaps; kube secret;
      namespace; namespaces; nodeport; clusterip; loadbalancer service; ingress; ingress
      controller; persistentvolume; persistent volume; persistentvolumeclaim; persistent volume
      claim; pvc; storageclass; kubelet; kube proxy; kube apiserver; kube scheduler; control
      plane node; etcd; kubeadm; kubeconfig; liveness probe; readiness probe; startup probe;
      init container; init containers; sidecar container; taint; taints; tolerations; node
      affinity; pod affinity; node selector; nodeselector; pod disruption budget; custom
      resource definition; customresourcedefinition; crd; crds; custom resource; operator
      pattern; kubernetes operator; controller runtime; admission webhook; admission controller;
      horizontal pod autoscaler; hpa; crashloopbackoff; imagepullbackoff; oomkilled;
      kubernetespodoperator; kubernetesexecutor; pod_override; rolling update; rollout status;
      service account; serviceaccount; cri o; containerd; container runtime; cni; api server;
      cluster role; clusterrole; rolebinding; gateway api; cordon; drain a node; worker node;
      worker nodes; resource quota; kube state metrics; kubernetes cluster
    words: cluster; node; nodes; container; containers; deployment; manifest; manifests; yaml;
      replica; replicas; workload; workloads; service; apply f; volume; volumes; label selector;
      selector; rollout; autoscaling; scale; kube; docker image; exit code 137; port forward;
      control plane; operator
    hints: docker; image; deploy; port; restart; spec; scheduling; crash
    [iac]
    name: infrastructure as code; terraform; cloudformation; iac
    marks: infrastructure as code; iac; terraform; terraform plan; terraform apply; terraform
      init; terraform import; terraform module; terraform provider; terraform state; terragrunt;
      opentofu; tofu apply; tfstate; state file; remote state; state locking; state backend;
      hcl; hashicorp configuration language; tfvars; terraform workspace; pulumi;
      cloudformation; cloudformation template; cloudformation stack; stack set; change set;
      changeset; aws cdk; cdk; cdk stack; cdk synth; cdktf; sam template; serverless framework;
      bicep; arm template; azure resource manager; deployment manager; crossplane; ansible;
      ansible playbook; playbook; playbooks; ansible role; inventory file; chef; chef recipe;
      puppet; puppet manifest; saltstack; packer; packer template; vagrant; vagrantfile; cloud
      init; provisioner; drift detection; configuration drift; configuration management;
      declarative infrastructure; immutable infrastructure; provider block; resource block; data
      block; output values; module registry; tflint; checkov; terratest; atlantis; terraform
      cloud; spacelift; env0; infrastructure provisioning; provision infrastructure; provisioned
      infrastructure; nix; nixos; for_each; depends_on; infra repo
    words: provision; provisioning; infrastructure; module; modules; provider; providers;
      resource; stack; stacks; template; declarative; plan; apply; state; destroy; variable;
      variables; vpc; subnet; security group; iam role; environment; environments; desired state
    hints: aws; azure; gcp; cloud; configuration; resources; output
    [cicd]
    name: ci cd; ci/cd; continuous integration; continuous delivery; ci cd pipeline
    marks: ci cd; cicd; ci pipeline; cd pipeline; continuous integration; continuous delivery;
      continuous deployment; github actions; github action; github workflow; workflow file;
      actions checkout; runs on ubuntu; ubuntu latest; matrix strategy; strategy matrix; build
      matrix; gitlab ci; gitlab runner; gitlab ci yml; jenkins; jenkinsfile; jenkins pipeline;
      circleci; travis ci; azure pipelines; azure devops; bitbucket pipelines; buildkite; drone
      ci; teamcity; bamboo; tekton; argo cd; argocd; argo workflows ci; flux cd; fluxcd; gitops;
      spinnaker; harness; codepipeline; codebuild; cloud build; concourse; self hosted runner;
      build agent; build pipeline; release pipeline; deployment pipeline; pipeline stage; build
      artifact; build artifacts; artifact repository; pull request; pull requests; merge
      request; merge requests; status check; required checks; branch protection; pre commit;
      precommit; pre commit hook; linting step; automated tests; automated testing; unit tests
      in ci; run tests; test suite on every; on push; on pull_request; semantic release;
      semantic versioning release; release automation; canary deploy; blue green deployment;
      blue green; feature branch; trunk based; merge queue; dependabot; renovate; docker build
      push; build and push; container registry; dag integrity test; dagbag import; git sync;
      slim ci; preview environment; deploy preview; smoke test; rollback deployment; pages
      build; workflow dispatch; github pages deploy
    words: ci; cd; pipeline; build; builds; deploy; deploys; workflow; workflows; runner;
      runners; stage; stages; job; jobs; release; releases; commit; commits; merge; push; test
      suite; pytest; lint; automation; artifact; artifacts; checkout; repository; secrets;
      environment variables; versions
    hints: git; github; branch; test; tests; docker; script; yaml
    [security]
    name: security and compliance; security automation; compliance automation; devsecops;
      security
    marks: devsecops; security automation; compliance automation; security compliance;
      compliance; regulatory; soc 2; soc2; iso 27001; pci dss; hipaa; gdpr; ccpa; fedramp; audit
      log; audit logs; audit logging; audit trail; audit policy; audit event; auditing;
      vulnerability scan; vulnerability scanning; vulnerability scanner; vulnerability;
      vulnerabilities; cve; cves; trivy; grype; snyk; clair; anchore; sonarqube; semgrep; bandit
      scan; codeql; sast; dast; sca; sbom; software bill of materials; supply chain security;
      sigstore; cosign; slsa; image signing; signed image; dependency scanning; secret scanning;
      gitleaks; trufflehog; secrets management; secret management; secrets manager; secrets
      backend; hashicorp vault; vault agent; sealed secrets; external secrets; sops; kms; key
      management; key rotation; secret rotation; rotate credentials; fernet key; encryption at
      rest; encryption in transit; encrypt; encrypted; tls certificate; tls certificates; cert
      manager; mutual tls authentication; rbac; role based access control; role based access;
      least privilege; iam policy; iam policies; iam role; assume role; short lived credentials;
      oidc; workload identity; service account key; network policy; networkpolicy; pod security;
      pod security standards; podsecuritypolicy; seccomp; apparmor; selinux; opa; open policy
      agent; gatekeeper; rego; kyverno; policy as code; conftest; cis benchmark; kube bench;
      hardening; hardened; zero trust; threat model; threat modeling; penetration test; pentest;
      intrusion detection; falco; siem; security scanning; security policy; access control;
      access policy; data masking; pii; personally identifiable; tokenization of pii; data
      retention policy; right to be forgotten; firewall rule; waf; mfa; multi factor
      authentication; single sign on; sso; saml; oauth; ldap; authentication; authorization;
      permission; permissions
    words: security; secure; audit; audited; credentials; secret; secrets; password; passwords;
      encryption; certificate; certificates; tls; token; tokens; policy; policies; privilege;
      privileges; attack; attacker; exploit; scan; scanner; sensitive; access; identity; threat;
      key; keys; sign; signature; violation
    hints: user; users; role; roles; rules; login; log; network
    [multi-cluster]
    name: multi cluster; multi cluster orchestration; multi region; cluster federation; multi
      cloud
    marks: multi cluster; multicluster; multiple clusters; several clusters; many clusters;
      fleet of clusters; cluster fleet; fleet management; cluster federation; federated
      clusters; federated kubernetes; kubefed; federation; karmada; open cluster management; ocm
      hub; cluster api; capi; clusterclass; management cluster; workload cluster; hub cluster;
      spoke cluster; hub and spoke; managed cluster; rancher fleet; rancher manager; anthos; gke
      fleet; azure arc; eks anywhere; liqo; submariner; skupper; admiralty; virtual kubelet;
      vcluster; virtual cluster; argocd applicationset; applicationset; cluster generator; cross
      cluster; cross cluster service discovery; cross cluster networking; multi cluster service;
      multi cluster services; serviceexport; serviceimport; clusterset; multi cluster ingress;
      global load balancer; global load balancing; multi region; multi zone; multiple zones;
      multi cloud; multicloud; cross cloud; cross region; cross region replication; geo
      replication; active active; active passive; failover; fail over; disaster recovery;
      disaster recovery plan; rpo; rto; recovery point objective; recovery time objective;
      velero; backup and restore cluster; cluster migration; workload placement; placement
      policy; propagation policy; propagationpolicy; kubeconfig contexts; kubectx; switch
      context; use context; kubectl config; stretched cluster; hybrid cloud; edge clusters;
      edgeexecutor; multi tenancy clusters; clusternet; kubeadmiral
    words: clusters; cluster; region; regions; zone; zones; availability zone; replicate;
      replication; sync; placement; federated; member cluster; context; contexts; global; remote
      cluster; failover; recovery; provider; providers
    hints: cloud; backup; distributed; network; control plane; kubernetes
    [service-mesh]
    name: service mesh; service mesh integration; mesh
    marks: service mesh; service meshes; istio; istiod; istioctl; istio ingress; istio gateway;
      linkerd; linkerd2; consul connect; consul service mesh; kuma; kong mesh; open service
      mesh; osm; app mesh; aws app mesh; cilium mesh; cilium service mesh; traefik mesh; nginx
      service mesh; envoy; envoy proxy; envoy filter; envoyfilter; sidecar proxy; sidecar
      injection; sidecar; sidecars; proxy injection; data plane proxy; ambient mesh; ambient
      mode; ztunnel; waypoint proxy; mtls; mutual tls; peerauthentication; peer authentication;
      requestauthentication; authorizationpolicy; authorization policy; virtualservice; virtual
      service; destinationrule; destination rule; serviceentry; service entry; serviceprofile;
      service profile; traffic splitting; traffic split; trafficsplit; traffic shifting; traffic
      management; traffic policy; traffic mirroring; weighted routing; weighted routes; circuit
      breaker; circuit breaking; outlier detection; fault injection; retry budget; retries and
      timeouts; request timeout; locality load balancing; east west gateway; east west traffic;
      north south traffic; ingress gateway; egress gateway; service to service; xds; wasm
      plugin; kiali; jaeger mesh; smi; service mesh interface; gamma initiative; spiffe; spire;
      golden metrics; mesh federation; l7 routing; layer 7; http route; httproute; grpc routing;
      service discovery; api gateway
    words: mesh; proxy; proxies; traffic; routing; route; routes; gateway; gateways; canary;
      upstream; downstream; load balancing; load balancer; retries; timeout; microservice;
      microservices; injection; control plane; data plane; certificate; identity
    hints: service; services; request; network; tls; policy; http
    [observability]
    name: observability and monitoring; observability; monitoring; infrastructure monitoring
    marks: observability; prometheus; promql; grafana; grafana dashboard; grafana loki; loki;
      logql; tempo; mimir; thanos; cortex; victoriametrics; victoria metrics; alertmanager; node
      exporter; blackbox exporter; exporter; exporters; kube state metrics; opentelemetry; otel;
      otel collector; otlp; opentelemetry collector; instrumentation; auto instrumentation;
      instrumented; distributed tracing; trace context; traces; tracing; span; spans; jaeger;
      zipkin; datadog; new relic; dynatrace; splunk; honeycomb; elastic apm; apm; elk stack;
      elasticsearch logstash kibana; kibana; fluentd; fluent bit; fluentbit; vector dev;
      logstash pipeline; log aggregation; centralized logging; structured logging; log level;
      log rotation; log shipping; cloudwatch; cloudwatch metrics; stackdriver; cloud monitoring;
      azure monitor; application insights; sentry; nagios; zabbix; icinga; statsd; graphite;
      influxdb; telegraf; collectd; netdata; metrics server; metrics endpoint; scrape; scrape
      config; scrape interval; servicemonitor; service monitor; recording rule; histogram
      quantile; cardinality; high cardinality; counter and gauge; gauge; slo; slos; sli; slis;
      service level objective; service level indicator; error budget; burn rate; golden signals;
      red method; use method; uptime; uptime monitoring; synthetic monitoring; health check;
      healthcheck; alerting rules; telemetry; telemetry data; profiling production; continuous
      profiling; pyroscope; ebpf; pixie; audit logs; monitoring stack; monitoring system;
      cadvisor; dashboards and alerts; root cause analysis; mean time to recovery; mttr
    words: monitoring; monitor; metric; metrics; log; logs; logging; dashboard; dashboards;
      alert; alerts; alerting; latency percentiles; percentile; percentiles; telemetry;
      instrument; trace; collector; timeseries; time series; debug; debugging; visibility;
      resource usage; cpu usage; memory usage; event log; webhook backend; log backend
    hints: events; performance; errors; latency; usage; collect; server
    [paas]
    name: platform as a service; platform engineering; paas; internal platform; developer
      platform
    marks: platform as a service; paas; platform engineering; platform team; platform teams;
      platform engineer; platform engineers; internal developer platform; idp; developer
      platform; internal platform; developer portal; backstage; backstage plugin; software
      catalog; port io; cortex portal; humanitec; kratix; score spec; golden path; golden paths;
      paved road; paved path; developer experience; developer self service; self service
      infrastructure; self service platform; self service portal; service catalog; service
      template; software template; scaffolder; scaffolding template; cookiecutter template;
      heroku; dokku; cloud foundry; cf push; buildpack; buildpacks; procfile; openshift
      developer; knative; google app engine; app engine; elastic beanstalk; cloud run; fly io;
      render com; railway app; vercel; netlify; coolify; caprover; app platform; azure app
      service; porter dev; tsuru; kubero; deis; kubevela; open application model; oam;
      application platform; multi tenant platform; multi tenancy; multitenancy; tenant
      isolation; tenant onboarding; tenants; dag factory; generated dags; team onboarding;
      environment provisioning; ephemeral environments; environment as a service; namespace as a
      service; cluster as a service; managed service; platform api; platform product; platform
      as a product; cognitive load; thinnest viable platform; team topologies; inner source; api
      for developers; 12 factor; twelve factor; data platform
    words: platform; platforms; self service; tenant; developers; developer; onboarding; portal;
      template; templates; provision; abstraction; catalog; quota; teams; deploy apps;
      application deployment; one command; git push; serverless; managed; scaffold
    hints: app; apps; service; services; environment; deploy; cli; team
    """
}
