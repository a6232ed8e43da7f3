import { ApiObject, type ApiObjectProps } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/**
 * A Kubernetes type as our constructs write it: a Quantity or IntOrString as its text or number, and `undefined` for what
 * is left out. A field with no value costs nothing, whereas `...(x && { x })` is among the slowest things to run.
 */
export type Written<T> = T extends string | number | boolean | Date | undefined
  ? T
  : [T, k8s.Quantity] extends [k8s.Quantity, T]
    ? string | number
    : T extends readonly (infer Item)[]
      ? readonly Written<Item>[]
      : { readonly [Key in keyof T]: Written<T[Key]> | Missing<T, Key> };

/** `undefined` where a type need not have the key. */
type Missing<T, Key extends keyof T> = Record<never, never> extends Pick<T, Key> ? undefined : never;

/** The kinds that tools are made of, each with its fields as cdk8s-plus knows them. */
export type KubeObjectProps =
  | Kind<'v1', 'Namespace', k8s.KubeNamespaceProps>
  | Kind<'v1', 'ResourceQuota', k8s.KubeResourceQuotaProps>
  | Kind<'v1', 'LimitRange', k8s.KubeLimitRangeProps>
  | Kind<'v1', 'Service', k8s.KubeServiceProps>
  | Kind<'v1', 'ServiceAccount', k8s.KubeServiceAccountProps>
  | Kind<'apps/v1', 'Deployment', k8s.KubeDeploymentProps>
  | Kind<'batch/v1', 'CronJob', k8s.KubeCronJobProps>
  | Kind<'batch/v1', 'Job', k8s.KubeJobProps>
  | Kind<'networking.k8s.io/v1', 'Ingress', k8s.KubeIngressProps>
  | Kind<'networking.k8s.io/v1', 'NetworkPolicy', k8s.KubeNetworkPolicyProps>
  | Kind<'gateway.networking.k8s.io/v1', 'HTTPRoute', CustomProps>
  | Kind<'argoproj.io/v1alpha1', 'AppProject', CustomProps>
  | Kind<'argoproj.io/v1alpha1', 'Application', CustomProps>;

interface CustomProps {
  readonly metadata: k8s.ObjectMeta;
  readonly spec: object;
}

type Kind<ApiVersion extends string, Name extends string, Props> = {
  readonly apiVersion: ApiVersion;
  readonly kind: Name;
} & Written<Props>;

/**
 * An object of Kubernetes, its fields checked against cdk8s-plus' types. It is not of cdk8s-plus' own class for the kind:
 * these copy what they are given, take a sixth more time for a tool's objects, and 0.7 MB of code to load.
 */
export class KubeObject extends ApiObject {
  constructor(scope: Construct, id: string, props: KubeObjectProps) {
    // cdk8s leaves out what is `undefined`, though its types do not say so.
    super(scope, id, props as ApiObjectProps);
  }
}
