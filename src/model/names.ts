/** Names of tools and components, and the names in the cluster that follow from them. */

export type ToolName = string & { readonly __brand: 'ToolName' };
export type ComponentName = string & { readonly __brand: 'ComponentName' };

/** `tool-` + 58 characters fill a namespace's 63 (RFC 1123 label). */
export const TOOL_NAME_MAX = 58;
/** A CronJob's name may hold 52 characters: Kubernetes appends 11 to make the Job's. */
export const COMPONENT_NAME_MAX = 52;

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
export const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SERVICE = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** RFC 1123 label of at most 58 characters: it is part of a namespace and of a host name. */
export function isToolName(text: string): text is ToolName {
  return text.length <= TOOL_NAME_MAX && LABEL.test(text);
}

/** RFC 1123 subdomain of at most 52 characters. */
export function isComponentName(text: string): text is ComponentName {
  return text.length <= COMPONENT_NAME_MAX && SUBDOMAIN.test(text);
}

/** RFC 1035 label: what a Service may be called, so what a component with a port may be called. */
export function isServiceName(text: string): boolean {
  return SERVICE.test(text);
}

export function namespaceOf(tool: string): string {
  return `tool-${tool}`;
}
