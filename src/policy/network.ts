import type { Json, JsonObject } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { each, isAbsent, listOf, mapOf, shown } from './read.ts';
import type { ToolRules } from './tool-rules.ts';
import type { Report } from './violation.ts';

/** Fields that open a Service to more than the cluster, or lead it out of its namespace. */
const OPENING = [
  'externalIPs',
  'externalName',
  'loadBalancerIP',
  'loadBalancerClass',
  'loadBalancerSourceRanges',
  'healthCheckNodePort',
];

export function networkRules({ kind, spec }: Manifest, rules: ToolRules, report: Report): void {
  if (kind === 'Service') serviceRules(mapOf(spec), report);
  else if (kind === 'Ingress') ingressRules(mapOf(spec), rules, report);
  else if (kind === 'HTTPRoute') httpRouteRules(mapOf(spec), rules, report);
}

function serviceRules(spec: JsonObject, report: Report): void {
  const closed = (field: string, value: Json | undefined) => {
    if (!isEmpty(value)) report(`spec.${field}`, 'TFG606', 'must not be set on a Service');
  };
  for (const key of OPENING) closed(key, spec[key]);
  each(spec.ports, (port, index) => closed(`ports[${index}].nodePort`, mapOf(port).nodePort));
  if (isAbsent(spec.type) || spec.type === 'ClusterIP') return;
  report('spec.type', 'TFG606', `the type must be ClusterIP, not ${shown(spec.type)}`);
}

function isEmpty(value: Json | undefined): boolean {
  return isAbsent(value) || value === '' || value === 0 || (Array.isArray(value) && value.length === 0);
}

function ingressRules(spec: JsonObject, { host }: ToolRules, report: Report): void {
  each(spec.rules, (rule, index) => {
    const found = mapOf(rule).host;
    if (found !== host) reportHost(`spec.rules[${index}].host`, found, host, report);
  });
  each(spec.tls, (entry, index) => {
    each(mapOf(entry).hosts, (found, at) => {
      if (found !== host) reportHost(`spec.tls[${index}].hosts[${at}]`, found, host, report);
    });
  });
  if (isAbsent(spec.defaultBackend)) return;
  report('spec.defaultBackend', 'TFG604', 'a default backend would answer for every host');
}

function httpRouteRules(spec: JsonObject, { host, namespace }: ToolRules, report: Report): void {
  if (listOf(spec.hostnames).length === 0) reportHost('spec.hostnames[0]', undefined, host, report);
  each(spec.hostnames, (found, index) => {
    if (found !== host) reportHost(`spec.hostnames[${index}]`, found, host, report);
  });
  each(spec.rules, (rule, index) => {
    each(mapOf(rule).backendRefs, (backend, at) => {
      const found = mapOf(backend).namespace;
      if (isAbsent(found) || found === namespace) return;
      const message = `a route must lead to the tool's own namespace, ${namespace}`;
      report(`spec.rules[${index}].backendRefs[${at}].namespace`, 'TFG607', message);
    });
  });
}

function reportHost(field: string, found: Json | undefined, host: string, report: Report): void {
  report(field, 'TFG604', `the host must be ${host}, not ${shown(found)}`);
}
