import { Link, useLocation } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import type { ReactElement } from 'react';
import { Tooltip, useMediaQuery, useRemembered } from '../ui/index.ts';
import classes from './frame.module.css';
import { screens } from './screens.ts';

/** The screens, with how many proposals wait for an approval. */
export function Rail({ waiting }: { waiting: number }): ReactElement {
  const [wanted, setWide] = useRemembered('rail.wide', true);
  const narrow = useMediaQuery('(max-width: 800px)');
  const wide = wanted && !narrow;
  const { pathname } = useLocation();
  const Toggle = wide ? PanelLeftClose : PanelLeftOpen;
  return (
    <nav className={classes.rail} data-wide={wide} aria-label="Screens">
      {screens.map(({ path, title, icon: Icon, within }) => (
        <Tooltip key={path} label={title} position="right" disabled={wide}>
          <Link
            to={path}
            className={classes.railItem}
            aria-label={wide ? undefined : title}
            aria-current={within?.includes(pathname) === true ? 'page' : undefined}
          >
            <Icon size={16} aria-hidden />
            {wide && <span className={classes.label}>{title}</span>}
            {path === '/review' && waiting > 0 && (
              <span className={classes.badge}>
                {waiting}
                <span className="gp-hidden-text"> waiting for approval</span>
              </span>
            )}
          </Link>
        </Tooltip>
      ))}
      <div className={classes.railEnd} hidden={narrow}>
        <button
          type="button"
          className={`${classes.railItem} ${classes.railToggle}`}
          aria-expanded={wide}
          aria-label={wide ? 'Show icons only' : 'Show names'}
          onClick={() => setWide(!wide)}
        >
          <Toggle size={16} aria-hidden />
        </button>
      </div>
    </nav>
  );
}
