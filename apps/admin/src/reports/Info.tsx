import InfoOutlinedIcon from '@mui/icons-material/InfoOutlined';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { Fragment } from 'react';
import type { Catalogue, Definition } from './types';

interface InfoProps {
  readonly definition: Definition | undefined;
  readonly catalogue: Catalogue;
  /** What else there is to know of it. */
  readonly note?: string | undefined;
}

/** The (i) beside a figure: what it is, and of what. */
export function Info({ definition, catalogue, note }: InfoProps) {
  if (definition === undefined) return null;
  const { title, explanation, numerator, denominator, exclusions } = definition;
  const named = (ids: readonly string[]): string =>
    ids.map((id) => catalogue.counts.find((one) => one.id === id)?.title ?? id).join(' + ');
  return (
    <Tooltip
      enterTouchDelay={0}
      leaveTouchDelay={8_000}
      describeChild
      title={
        <>
          {explanation}
          {numerator && denominator && (
            <>
              <br />
              {`${named(numerator)} ÷ ${named(denominator)}.`}
            </>
          )}
          {[exclusions, note].map(
            (line) =>
              line !== undefined && (
                <Fragment key={line}>
                  <br />
                  {line}
                </Fragment>
              ),
          )}
          <br />
          {catalogue.time_basis}
        </>
      }
    >
      <IconButton aria-label={`What is “${title}”?`} size="small" sx={{ p: '4px', '& svg': { fontSize: 15 } }}>
        <InfoOutlinedIcon />
      </IconButton>
    </Tooltip>
  );
}
