import * as z from 'zod';
import { groupName, listOf } from './admin-readers.ts';
import { optional } from './field.ts';
import { limitsSchema, quotaSchema } from './limits-schema.ts';
import { UID_MAX } from './platform-schema.ts';
import { flag, wholeNumber } from './readers.ts';

/** tools-config/<tool>/tenant.yaml: what the platform's admins decide for one tool. Every key may be left out. */

const PLATFORMS = "the platform's";
const PAIR = { cpu: PLATFORMS, memory: PLATFORMS };

export const tenantSchema = z
  .object({
    uid: optional(wholeNumber(1, UID_MAX), {
      description: "User and group id that the tool's pods run as.",
      otherwise: "a stable hash of the tool's name into the platform's range",
      example: '52001',
      rule: 'no two tools may have the same',
    }),
    maintainers: listOf(groupName, {
      description: 'Groups that maintain the tool besides its own, `tools.<tool>`.',
      otherwise: 'none',
      example: '[cloud-admins]',
    }),
    quota: quotaSchema({
      requestsCpu: PLATFORMS,
      limitsCpu: PLATFORMS,
      requestsMemory: PLATFORMS,
      limitsMemory: PLATFORMS,
      pods: PLATFORMS,
      deployments: PLATFORMS,
      cronjobs: PLATFORMS,
      jobs: PLATFORMS,
      services: PLATFORMS,
      nodePorts: PLATFORMS,
      secrets: PLATFORMS,
      configMaps: PLATFORMS,
      persistentVolumeClaims: PLATFORMS,
    }),
    limits: limitsSchema({ default: PAIR, defaultRequest: PAIR, max: PAIR, min: PAIR }),
    retired: optional(flag, {
      description:
        'Takes the tool out of service: its workloads go, and its folder may be removed after that.',
      otherwise: 'false',
      example: 'true',
    }),
  })
  .meta({ title: 'tenant.yaml', description: 'What the admins of the platform decide for one tool.' });
