/** A rule of the platform that a rendered object breaks. Never holds the value of an environment variable. */
export interface PolicyViolation {
  /** Relative to the config repo's root. */
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  /** `spec.template.spec.containers[0].image`; empty for the object as a whole. */
  readonly field: string;
  /** Stable id, `TFG6` and two digits: documented, tested, never reused. */
  readonly code: PolicyCode;
  readonly message: string;
}

/** Every code with its meaning, one a line; never reused. */
export const POLICY_CODES = {
  TFG600: "A file is not the tool's.",
  TFG601: 'A kind of object has no place in the file.',
  TFG602: "An object is outside the tool's namespace, or has another name.",
  TFG603: 'An object is there twice.',
  TFG604: "A route's host is not the tool's.",
  TFG605: 'A host and path are routed twice.',
  TFG606: 'A Service opens the cluster to the outside.',
  TFG607: 'A route leads to another namespace.',
  TFG610: 'A pod uses a namespace of its host.',
  TFG611: 'A volume is of a type that is not allowed.',
  TFG612: 'A container uses a port of its host.',
  TFG613: 'A container is privileged.',
  TFG614: 'A container keeps or adds capabilities.',
  TFG615: 'A seccomp profile is missing or not allowed.',
  TFG616: 'A container may run as root.',
  TFG617: 'A container runs as user 0.',
  TFG618: 'A container may escalate its privileges.',
  TFG619: 'A container sees more of /proc than it may.',
  TFG620: 'A pod sets a sysctl that is not safe.',
  TFG621: 'SELinux options are not allowed.',
  TFG622: 'An AppArmor profile is not allowed.',
  TFG623: 'A probe or hook names a host.',
  TFG624: 'A container is a Windows host process.',
  TFG630: 'An image is no image reference.',
  TFG631: 'An image is from a host that is not allowed.',
  TFG632: "An image is from a registry project that is not the tool's.",
  TFG633: 'An image of a build is not named by its digest.',
  TFG640: 'An Argo CD project reaches beyond the tool.',
  TFG641: 'An Argo CD Application reaches beyond the tool.',
  TFG642: 'A namespace does not enforce Pod Security at restricted.',
} as const;

export type PolicyCode = keyof typeof POLICY_CODES;

/** A violation as a rule finds it: where in the object it is, and what is wrong. */
export interface Finding {
  readonly field: string;
  readonly code: PolicyCode;
  readonly message: string;
}
