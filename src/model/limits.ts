/** What a tool may use in all, and what one of its containers may ask for. CPU in millicores, memory in bytes. */

export interface Quota {
  readonly requestsCpu: number;
  readonly limitsCpu: number;
  readonly requestsMemory: number;
  readonly limitsMemory: number;
  readonly pods: number;
  readonly deployments: number;
  readonly cronjobs: number;
  readonly jobs: number;
  readonly services: number;
  readonly nodePorts: number;
  readonly secrets: number;
  readonly configMaps: number;
  readonly persistentVolumeClaims: number;
}

export interface CpuMemory {
  readonly cpu: number;
  readonly memory: number;
}

/** A namespace's LimitRange for containers. */
export interface ContainerLimits {
  readonly default: CpuMemory;
  readonly defaultRequest: CpuMemory;
  readonly max: CpuMemory;
  readonly min: CpuMemory;
}

/** Of a container that asks for nothing: memory limit 512Mi, CPU request 100m, CPU limit 4 cores. */
export const DEFAULT_MEMORY = 512 * 2 ** 20;
export const DEFAULT_CPU_REQUEST = 100;
export const DEFAULT_CPU_LIMIT = 4000;
