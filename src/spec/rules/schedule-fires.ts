import { readSchedule } from '../../model/schedule.ts';
import { adviseOnSchedule } from '../cron.ts';
import { type Rule, runPath } from '../rule.ts';

/** A schedule that Kubernetes takes and that comes due. */
export const scheduleFires: Rule = ({ tool, components }, report) => {
  for (const { name, kind, run } of components) {
    if (kind !== 'scheduled' || run.schedule === undefined) continue;
    const read = readSchedule(run.schedule, { tool, component: name });
    if ('cron' in read) continue;
    report({
      code: 'TFG207',
      path: runPath(name, 'schedule'),
      ...adviseOnSchedule(run.schedule, read.mistake),
    });
  }
};
