import type { Page } from 'playwright';

/** How many pixels the page is wider than its window. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      0,
      document.documentElement.scrollWidth - window.innerWidth,
      document.body.scrollWidth - window.innerWidth,
    ),
  );
}

/** Tells the page's own script which controls there are and what to call them. */
const shared = `
  const controls = () => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex]'
  )].filter((element) =>
    element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }) &&
    element.closest('[inert], [aria-hidden="true"]') === null &&
    !element.hasAttribute('data-floating-ui-focus-guard'));
  const open = () => [...document.querySelectorAll('[role="dialog"]')].filter((one) => one.checkVisibility()).at(-1);
  const inReach = () => controls().filter((element) => open() === undefined || open().contains(element));
  const nameOf = (element) => {
    const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '';
    const said = label.trim().slice(0, 40) || element.getAttribute('placeholder') || element.className;
    return (element.getAttribute('role') ?? element.localName) + ' “' + said + '”';
  };
`;

/**
 * The controls that cannot be clicked wherever one scrolls: outside the window, under something else, without size,
 * or with their words cut off.
 */
export function hiddenControls(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    ${shared}
    const found = [];
    for (const element of inReach()) {
      if (element.className.includes?.('skip')) continue;
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      // What is clicked in place of a hidden radio button or box is its label.
      const target = element.localName === 'input' && element.labels?.length ? element.labels[0] : element;
      const box = [...target.getClientRects()].find(({ width, height }) => width > 0 && height > 0);
      if (box === undefined) { found.push(nameOf(element) + ' has no size'); continue; }
      const left = Math.max(0, box.left), right = Math.min(window.innerWidth, box.right);
      const top = Math.max(0, box.top), bottom = Math.min(window.innerHeight, box.bottom);
      const least = element.getAttribute('role') === 'separator' ? 1 : 8;
      if (right - left < least || bottom - top < least) { found.push(nameOf(element) + ' is outside the window'); continue; }
      const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const seen = at !== null && (target.contains(at) || at.contains(target) || element.contains(at));
      if (!seen) found.push(nameOf(element) + ' lies under ' + (at === null ? 'nothing' : nameOf(at)));
      if (target.localName === 'button' && target.scrollWidth > target.clientWidth + 1 && !target.title)
        found.push(nameOf(element) + ' is cut off');
    }
    return found;
  })()`);
}

export interface TabWalk {
  /** Controls that Tab never comes to. */
  readonly missed: readonly string[];
  /** Controls on which nothing shows that they have the focus. */
  readonly unseen: readonly string[];
}

/** Presses Tab from the top of the page until it comes round, and compares with the controls that are there. */
export async function walkByTab(page: Page): Promise<TabWalk> {
  const count = await page.evaluate<number>(`(() => {
    ${shared}
    for (const element of document.querySelectorAll('[data-walked]')) element.removeAttribute('data-walked');
    if (open() === undefined) {
      document.activeElement?.blur();
      const start = document.querySelector('#root');
      start.tabIndex = -1;
      start.focus();
      start.removeAttribute('tabindex');
    }
    return inReach().length;
  })()`);
  const unseen = new Set<string>();
  for (let step = 0; step < count + 10; step += 1) {
    await page.keyboard.press('Tab');
    const state = await page.evaluate<{ name: string; shown: boolean; again: boolean } | null>(`(() => {
      ${shared}
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const again = element.hasAttribute('data-walked');
      element.setAttribute('data-walked', '');
      const near = [element, element.nextElementSibling, element.parentElement, element.parentElement?.nextElementSibling,
        element.closest('.mantine-Input-wrapper')];
      const shown = near.some((one) => {
        if (!one) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
      });
      return { name: nameOf(element), shown, again };
    })()`);
    if (state === null) continue;
    if (state.again) break;
    if (!state.shown) unseen.add(state.name);
  }
  const missed = await page.evaluate<string[]>(`(() => {
    ${shared}
    const walkedGroups = new Set([...document.querySelectorAll('input[type="radio"][data-walked]')].map((one) => one.name));
    return inReach()
      .filter((element) => !element.hasAttribute('data-walked') && !(element.type === 'radio' && walkedGroups.has(element.name)))
      .map(nameOf);
  })()`);
  return { missed, unseen: [...unseen] };
}
