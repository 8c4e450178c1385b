import CheckBoxIcon from '@mui/icons-material/CheckBox';
import CheckBoxBlankIcon from '@mui/icons-material/CheckBoxOutlineBlank';
import ViewColumnIcon from '@mui/icons-material/ViewColumnOutlined';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import type { Column, Item } from './column';

interface ColumnsMenuProps<Row extends Item> {
  readonly columns: readonly Column<Row>[];
  readonly shown: readonly Column<Row>[];
  /** Null: the usual ones. */
  readonly onChoose: (names: readonly string[] | null) => void;
}

/** Lets the operator choose which columns a list has. */
export function ColumnsMenu<Row extends Item>({ columns, shown, onChoose }: ColumnsMenuProps<Row>) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const names = shown.map(({ name }) => name);
  return (
    <>
      <Button startIcon={<ViewColumnIcon />} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
        Columns
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { sx: { maxHeight: 460, minWidth: 210 } } }}
      >
        {columns.map(({ name, label }) => {
          const isShown = names.includes(name);
          // A picture only: the entry is what is checked.
          const Mark = isShown ? CheckBoxIcon : CheckBoxBlankIcon;
          return (
            <MenuItem
              key={name}
              role="menuitemcheckbox"
              aria-checked={isShown}
              onClick={() => onChoose(isShown ? names.filter((one) => one !== name) : [...names, name])}
            >
              <Mark color={isShown ? 'primary' : 'action'} fontSize="small" sx={{ mr: 1.25 }} />
              {label}
            </MenuItem>
          );
        })}
        <Divider />
        <MenuItem onClick={() => onChoose(null)}>As usual</MenuItem>
      </Menu>
    </>
  );
}
