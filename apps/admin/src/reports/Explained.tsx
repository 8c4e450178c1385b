import { styled } from '@mui/material/styles';
import type { ComponentProps } from 'react';
import { Info } from './Info';

const Bound = styled('span')({ whiteSpace: 'nowrap' });

interface ExplainedProps extends ComponentProps<typeof Info> {
  readonly title: string;
}

/** A title and its (i): where there is no room for all on one line, the (i) goes on below together with the last word. */
export function Explained({ title, ...info }: ExplainedProps) {
  const last = title.lastIndexOf(' ') + 1;
  return (
    <>
      {title.slice(0, last)}
      <Bound>
        {title.slice(last)}
        <Info {...info} />
      </Bound>
    </>
  );
}
