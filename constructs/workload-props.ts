import type { CommandProps } from './command.ts';
import type { Link } from './links.ts';
import type { Owner } from './owner.ts';

/** What the three kinds of workload have in common. */
export interface WorkloadProps extends Owner, CommandProps {
  /** Image reference, by digest. */
  readonly image: string;
  /** User and group id of the tool. */
  readonly uid: number;
  /** Plain environment; NO_HOME (of a build) and PORT are set besides and win. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Thousandths of a core. */
  readonly cpu: { readonly request: number; readonly limit: number };
  /** Bytes. */
  readonly memory: { readonly request: number; readonly limit: number };
  /** When the maintainers get mail about it. */
  readonly emails: 'none' | 'all' | 'onfinish' | 'onfailure';
  /** The tool's home, when it is mounted. */
  readonly home?: Home | undefined;
  /** Shown on the workload alone, never on its pods: another link is no reason to restart them. */
  readonly links?: readonly Link[] | undefined;
}

/** Storage that a tool's pods share. */
export interface Home {
  /** PersistentVolumeClaim in the tool's namespace. */
  readonly claim: string;
  /** Absolute path in the container. */
  readonly path: string;
}
