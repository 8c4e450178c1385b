import { useParams } from 'react-router-dom';
import { useRefreshing } from '../ui/use-refreshing';
import { useOne } from '../providers/use-one';
import { Copyable } from '../ui/Copyable';
import { CountLink } from '../ui/CountLink';
import { Facts } from '../ui/Facts';
import { Found } from '../ui/Found';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Pill } from '../ui/Pill';
import { Section } from '../ui/Section';
import { Time } from '../ui/Time';
import { BULK_ACTS, countOf } from './bulk-acts';
import { CancelJob } from './CancelJob';
import { itemsOf } from './items-address';
import { JobItems } from './JobItems';
import { Share } from './Share';
import type { JobLine } from './types';
import { JOB_STATES, STOP_WORDS } from './words';

const BACK = { to: '/jobs', label: 'Jobs' };

/** How one job goes, and what came of everything in it. */
export function JobShow() {
  const { id = '' } = useParams();
  const query = useOne('jobs', id);
  useRefreshing(query.refetch);
  return (
    <Found query={query} what="job" back={BACK}>
      {(job) => <Shown job={job} />}
    </Found>
  );
}

function Shown({ job }: { readonly job: JobLine }) {
  const { tone, label } = JOB_STATES[job.state];
  const title = `${BULK_ACTS[job.act].label}: ${countOf(job.act, job.total)}`;
  const { counts } = job;
  return (
    <Page
      title={title}
      heading={
        <>
          {title} <Pill tone={tone}>{label}</Pill>
        </>
      }
      back={BACK}
      actions={job.state === 'running' && <CancelJob id={job.id} />}
    >
      {job.stop_code !== null && <Notice kind="bad">{STOP_WORDS[job.stop_code] ?? job.stop_code}</Notice>}
      <Section title="How it goes">
        <Facts
          facts={[
            ['Progress', <Share key="progress" job={job} />],
            ['Done', <CountLink key="done" count={counts.done} to={itemsOf(job.id, 'done')} />],
            ['Could not be done', <CountLink key="failed" count={counts.failed} to={itemsOf(job.id, 'failed')} />],
            [
              'Not begun, because it ended',
              counts.skipped === 0 ? null : (
                <CountLink key="skipped" count={counts.skipped} to={itemsOf(job.id, 'skipped')} />
              ),
            ],
            ['By', job.by.name],
            ['Why', job.reason],
            ['Begun', <Time key="begun" at={job.created_at} as="full" />],
            ['Ended', job.ended_at && <Time key="ended" at={job.ended_at} as="full" />],
            ['Job', <Copyable key="id" text={job.id} name="job id" />],
          ]}
        />
      </Section>
      <JobItems job={job} />
    </Page>
  );
}
