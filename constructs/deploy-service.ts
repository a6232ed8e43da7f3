import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

export interface DeployServiceProps {
  /** Namespace that everything is put in; it is made as well. */
  readonly namespace: string;
  /** Image of the service, best by digest. */
  readonly image: string;
  /** Config repo: a git URL, or `gitea+https://host/owner/repo`. */
  readonly repo: string;
  readonly branch: string;
  /** Pods that run at once; any number works, two are there while one is replaced. */
  readonly replicas: number;
  /** Secret of the namespace whose keys are the service's variables: `TFG_GITEA_TOKEN`, `TFG_WEBHOOK_SECRET` and so on. */
  readonly secretName: string;
  /** Namespace of the ingress controller, which alone may reach the API. */
  readonly ingressNamespace: string;
  /** Namespace of Prometheus, which may read the metrics. */
  readonly monitoringNamespace: string;
}

const NAME = 'toolforge-gitops';
const PORT = 8080;
const UID = 10_001;
const LABELS = { 'app.kubernetes.io/name': NAME };
/** A batch goes on for a minute against a failing remote, and one may wait behind it. */
const GRACE_SECONDS = 150;
const TMP = '/tmp';

/** The deploy service: a Deployment that passes Pod Security `restricted`, its Service, and the walls around it. */
export class DeployService extends Construct {
  constructor(scope: Construct, id: string, props: DeployServiceProps) {
    super(scope, id);
    const { namespace, replicas } = props;
    new k8s.KubeNamespace(this, 'Namespace', {
      metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
    new k8s.KubeServiceAccount(this, 'ServiceAccount', {
      metadata: named(namespace),
      automountServiceAccountToken: false,
    });
    new k8s.KubeDeployment(this, 'Deployment', {
      metadata: named(namespace),
      spec: {
        replicas,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: {
            maxUnavailable: k8s.IntOrString.fromNumber(0),
            maxSurge: k8s.IntOrString.fromNumber(1),
          },
        },
        selector: { matchLabels: LABELS },
        template: { metadata: { labels: LABELS }, spec: podOf(props) },
      },
    });
    new k8s.KubeService(this, 'Service', {
      metadata: named(namespace),
      spec: {
        selector: LABELS,
        ports: [{ name: 'http', port: 80, targetPort: k8s.IntOrString.fromString('http'), protocol: 'TCP' }],
      },
    });
    new k8s.KubePodDisruptionBudget(this, 'DisruptionBudget', {
      metadata: named(namespace),
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: LABELS } },
    });
    new k8s.KubeNetworkPolicy(this, 'Walls', { metadata: named(namespace), spec: wallsOf(props) });
  }
}

function named(namespace: string): k8s.ObjectMeta {
  return { name: NAME, namespace, labels: LABELS };
}

function podOf({ image, repo, branch, secretName }: DeployServiceProps): k8s.PodSpec {
  return {
    serviceAccountName: NAME,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: GRACE_SECONDS,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: UID,
      runAsGroup: UID,
      fsGroup: UID,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: LABELS },
      },
    ],
    containers: [
      {
        name: 'serve',
        image,
        args: ['serve', '--host', '0.0.0.0', '--port', String(PORT), '--repo', repo, '--branch', branch],
        env: [
          { name: 'TMPDIR', value: TMP },
          { name: 'HOME', value: TMP },
        ],
        envFrom: [{ secretRef: { name: secretName } }],
        ports: [{ name: 'http', containerPort: PORT, protocol: 'TCP' }],
        resources: {
          requests: { cpu: k8s.Quantity.fromString('250m'), memory: k8s.Quantity.fromString('384Mi') },
          limits: { memory: k8s.Quantity.fromString('1Gi') },
        },
        startupProbe: { ...probe('/readyz'), periodSeconds: 2, failureThreshold: 60 },
        livenessProbe: { ...probe('/healthz'), periodSeconds: 10, failureThreshold: 6 },
        readinessProbe: { ...probe('/readyz'), periodSeconds: 10, failureThreshold: 3 },
        securityContext: {
          allowPrivilegeEscalation: false,
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [{ name: 'tmp', mountPath: TMP }],
      },
    ],
    // The scratch repos of git; gone with the pod, made anew by the next.
    volumes: [{ name: 'tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString('2Gi') } }],
  };
}

/** A time-out longer than a busy moment: a render of many tools keeps the process from answering for a second or so. */
function probe(path: string): k8s.Probe {
  return { httpGet: { path, port: k8s.IntOrString.fromString('http') }, timeoutSeconds: 5 };
}

/** In: the ingress controller and Prometheus. Out: anywhere but the cloud's metadata, since repos and registries may be. */
function wallsOf({ ingressNamespace, monitoringNamespace }: DeployServiceProps): k8s.NetworkPolicySpec {
  const from = [ingressNamespace, monitoringNamespace].map((name) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  }));
  return {
    podSelector: { matchLabels: LABELS },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from, ports: [{ protocol: 'TCP', port: k8s.IntOrString.fromNumber(PORT) }] }],
    egress: [
      { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }] },
      { to: [{ ipBlock: { cidr: '::/0', except: ['fe80::/10', 'fd00:ec2::254/128'] } }] },
    ],
  };
}
