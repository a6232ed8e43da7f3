import type { Build, Hold } from './images-file.ts';
import type { ContainerLimits, Quota } from './limits.ts';
import type { ComponentName, ToolName } from './names.ts';
import type { Platform } from './platform.ts';

/** A tool whose spec passed every check, with every default filled in: all that rendering needs. */
export interface ResolvedTool {
  readonly name: ToolName;
  /** User and group id that its pods run as. */
  readonly uid: number;
  /** Group of its maintainers, `tools.<tool>`, and further groups named in tenant.yaml. */
  readonly maintainerGroups: readonly string[];
  /** On its way out: no workloads, and its platform objects may be pruned. */
  readonly retired: boolean;
  /** Where the maintainers keep the spec, when it is fetched from there. */
  readonly sourceUrl: string | undefined;
  readonly quota: Quota;
  readonly limits: ContainerLimits;
  /** By name. */
  readonly components: readonly ResolvedComponent[];
  readonly platform: Platform;
}

export interface ResolvedComponent {
  readonly name: ComponentName;
  readonly image: ResolvedImage | undefined;
  /** The component whose build this one runs: itself, or the one that `reuse_from` names. */
  readonly buildOf: ComponentName;
  /** `build.image` of the spec: a prebuilt or user-managed container instead of a build of ours. */
  readonly prebuilt: string | undefined;
  /** Entry of the platform's builder catalogue that its build uses; `undefined` where nothing is built. */
  readonly builder: string | undefined;
  /** Words as a POSIX shell would split them, without launcher. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cpu: { readonly request: number; readonly limit: number };
  readonly memory: { readonly request: number; readonly limit: number };
  readonly emails: 'none' | 'all' | 'onfinish' | 'onfailure';
  readonly mount: 'all' | 'none';
  /** Absolute paths that stdout and stderr are appended to. */
  readonly filelog: { readonly stdout: string; readonly stderr: string } | undefined;
  readonly run: ContinuousRun | ScheduledRun | OneOffRun;
}

/** `undefined` on a component: never built, so not rendered. */
export interface ResolvedImage {
  readonly ref: string;
  /** Made by a buildpack build of ours: its processes start through `launcher`. */
  readonly built: boolean;
  /** What is known of the build; absent for a prebuilt image not yet recorded. */
  readonly build: Build | undefined;
  /** In force when images.yaml was read. */
  readonly hold: Hold | undefined;
}

export interface ContinuousRun {
  readonly type: 'continuous';
  readonly replicas: number;
  readonly port: Port | undefined;
  readonly publish: '/' | undefined;
  readonly healthCheck: HealthCheck | undefined;
}

export interface Port {
  readonly number: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** `tcp` when only a port is set and it is TCP. */
export type HealthCheck =
  | { readonly kind: 'http'; readonly path: string; readonly port: number }
  | { readonly kind: 'script'; readonly words: readonly string[] }
  | { readonly kind: 'tcp'; readonly port: number };

export interface ScheduledRun {
  readonly type: 'scheduled';
  /** Five fields that Kubernetes takes. */
  readonly schedule: string;
  /** As the maintainer wrote it. */
  readonly scheduleText: string;
  readonly retry: number;
  /** Seconds, at least 1; `undefined`: no limit. */
  readonly timeout: number | undefined;
}

export interface OneOffRun {
  readonly type: 'one-off';
  /** Runs before each deploy and stops it on failure. */
  readonly onDeploy: boolean;
  readonly retry: number;
  readonly timeout: number | undefined;
}
