import { styled } from '@mui/material/styles';

const List = styled('ul')({ margin: 0, paddingLeft: 18, display: 'grid', gap: 6 });

/** What an act will do, a sentence each; one alone is no list. */
export const Sentences = ({ sentences }: { readonly sentences: readonly string[] }) =>
  sentences.length === 1 ? (
    <div>{sentences[0]}</div>
  ) : (
    <List>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </List>
  );
