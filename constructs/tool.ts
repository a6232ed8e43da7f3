import { Construct } from 'constructs';
import { workloadDir } from '../src/model/layout.ts';
import type { ComponentName } from '../src/model/names.ts';
import type { ResolvedComponent, ResolvedTool } from '../src/model/resolved-tool.ts';
import { argoRepoUrl } from './argo-urls.ts';
import { Component } from './component.ts';
import { Tenant } from './tenant.ts';
import { ToolArgo } from './tool-argo.ts';
import { toolLinks } from './tool-links.ts';
import { noticeOf } from './tool-notice.ts';

export interface ToolProps {
  /** A tool whose spec passed every check. */
  readonly tool: ResolvedTool;
}

/** A whole tool: what the platform grants it, and what it runs. */
export class Tool extends Construct {
  /** Scope of what the platform grants: the tenant and its Argo CD objects. */
  readonly platform: Construct;
  /** Components that have an image, by name; none of a retired tool. */
  readonly components: ReadonlyMap<ComponentName, Component>;

  constructor(scope: Construct, id: string, { tool }: ToolProps) {
    super(scope, id);
    this.platform = new Construct(this, 'Platform');
    const sorted = byName(tool.components);
    addPlatform(this.platform, tool, sorted);
    const components = new Map<ComponentName, Component>();
    for (const component of tool.retired ? [] : sorted) {
      const { name, image } = component;
      if (image === undefined) continue;
      // A prefix, since no child of a construct may be named `constructor`.
      components.set(name, new Component(this, `component-${name}`, { tool, component, image }));
    }
    this.components = components;
  }
}

function addPlatform(scope: Construct, tool: ResolvedTool, components: readonly ResolvedComponent[]): void {
  const { name, quota, limits, retired, platform, maintainerGroups } = tool;
  const { ingressNamespace, blockedCidrs } = platform.network;
  new Tenant(scope, 'Tenant', { tool: name, quota, limits, ingressNamespace, blockedCidrs, retired });
  new ToolArgo(scope, 'Argo', {
    tool: name,
    namespace: platform.argocd.namespace,
    server: platform.argocd.server,
    source: {
      repoUrl: argoRepoUrl(platform.configRepo.url),
      branch: platform.configRepo.branch,
      path: workloadDir(name),
    },
    maintainerGroups,
    routes: platform.routes.kind,
    links: toolLinks(tool),
    notice: retired ? undefined : noticeOf(components),
    retired,
  });
}

/** Whatever order they come in, the files and the notice are the same. */
function byName(components: readonly ResolvedComponent[]): readonly ResolvedComponent[] {
  return [...components].sort((a, b) => (a.name < b.name ? -1 : 1));
}
