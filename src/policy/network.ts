import type { Json } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { isAbsent, listOf, mapOf, type Placed, placedMaps, shown } from './read.ts';
import type { Finding } from './violation.ts';

/** What the rules for Services and routes need to know. */
export interface NetworkRules {
  readonly namespace: string;
  /** Where the tool is served, its only host. */
  readonly host: string;
}

/** Fields that open a Service to more than the cluster, or lead it out of its namespace. */
const OPENING = [
  'externalIPs',
  'externalName',
  'loadBalancerIP',
  'loadBalancerClass',
  'loadBalancerSourceRanges',
  'healthCheckNodePort',
];

export function networkRules(object: Manifest, rules: NetworkRules): readonly Finding[] {
  const spec: Placed = { value: mapOf(object.spec), field: 'spec' };
  switch (object.kind) {
    case 'Service':
      return serviceRules(spec);
    case 'Ingress':
      return ingressRules(spec, rules);
    case 'HTTPRoute':
      return httpRouteRules(spec, rules);
    default:
      return [];
  }
}

function serviceRules({ value, field }: Placed): readonly Finding[] {
  const opened = OPENING.filter((key) => !isEmpty(value[key])).map((key) => `${field}.${key}`);
  const nodePorts = placedMaps(value.ports, `${field}.ports`)
    .filter((port) => !isEmpty(port.value.nodePort))
    .map((port) => `${port.field}.nodePort`);
  const findings = [...opened, ...nodePorts].map(
    (at): Finding => ({ field: at, code: 'TFG606', message: 'must not be set on a Service' }),
  );
  if (isAbsent(value.type) || value.type === 'ClusterIP') return findings;
  const message = `the type must be ClusterIP, not ${shown(value.type)}`;
  return [...findings, { field: `${field}.type`, code: 'TFG606', message }];
}

function isEmpty(value: Json | undefined): boolean {
  return isAbsent(value) || value === '' || value === 0 || (Array.isArray(value) && value.length === 0);
}

function ingressRules({ value, field }: Placed, { host }: NetworkRules): readonly Finding[] {
  const rules = placedMaps(value.rules, `${field}.rules`);
  const tls = placedMaps(value.tls, `${field}.tls`).flatMap((entry) =>
    listOf(entry.value.hosts).map((name, index) => ({ field: `${entry.field}.hosts[${index}]`, name })),
  );
  const hosts = [...rules.map((rule) => ({ field: `${rule.field}.host`, name: rule.value.host })), ...tls];
  const findings = hosts
    .filter(({ name }) => name !== host)
    .map((wrong) => hostFinding(wrong.field, wrong.name, host));
  if (isAbsent(value.defaultBackend)) return findings;
  const message = 'a default backend would answer for every host';
  return [...findings, { field: `${field}.defaultBackend`, code: 'TFG604', message }];
}

function httpRouteRules({ value, field }: Placed, { host, namespace }: NetworkRules): readonly Finding[] {
  const names = listOf(value.hostnames);
  const hosts = names.length === 0 ? [undefined] : names;
  const wrong = hosts.flatMap((name, index) =>
    name === host ? [] : [hostFinding(`${field}.hostnames[${index}]`, name, host)],
  );
  const backends = placedMaps(value.rules, `${field}.rules`)
    .flatMap((rule) => placedMaps(rule.value.backendRefs, `${rule.field}.backendRefs`))
    .filter((backend) => !isAbsent(backend.value.namespace) && backend.value.namespace !== namespace);
  return [
    ...wrong,
    ...backends.map((backend): Finding => {
      const message = `a route must lead to the tool's own namespace, ${namespace}`;
      return { field: `${backend.field}.namespace`, code: 'TFG607', message };
    }),
  ];
}

function hostFinding(field: string, name: Json | undefined, host: string): Finding {
  return { field, code: 'TFG604', message: `the host must be ${host}, not ${shown(name)}` };
}
