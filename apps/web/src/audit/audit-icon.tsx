// Icons that only the audit needs; drawn like those of ui/icon.tsx, but loaded with this page.
import type { JSX } from 'preact'

const outlines = {
  download: 'M12 4v11M7.5 10.8 12 15.200l4.5-4.400M4.5 19.500h15',
  folder:
    'M3.5 17.800V6.200A1.7 1.7 0 0 1 5.2 4.500h4.300l2 2.500h7.300a1.7 1.7 0 0 1 1.7 1.700v9.100a1.7 1.7 0 0 1-1.7 1.700H5.2a1.7 1.7 0 0 1-1.7-1.700Z',
  file: 'M6.500 3.500h7l4.500 4.500v11a1.500 1.500 0 0 1-1.500 1.500h-10A1.500 1.500 0 0 1 5 19V5a1.500 1.500 0 0 1 1.500-1.500ZM13.300 3.700V8.200h4.500',
  shield:
    'M12 3l7.500 2.700v5.600c0 4.600-3 8-7.500 9.700-4.500-1.700-7.500-5.100-7.500-9.700V5.700ZM8.600 11.900l2.400 2.400 4.500-4.700',
  dash: 'M6 12h12',
  question:
    'M3.2 12a8.8 8.8 0 1 0 17.6 0a8.8 8.8 0 1 0-17.6 0ZM9.300 9.400a2.700 2.700 0 1 1 3.900 2.400c-.8.4-1.200.9-1.200 1.800M12 16.700v.1',
  layers:
    'M12 3.800l8.500 4.400-8.500 4.400-8.500-4.400ZM3.500 12.400l8.500 4.400 8.500-4.400M3.500 16.200l8.500 4.400 8.500-4.400',
} as const

export type AuditIconName = keyof typeof outlines

/** One icon, always decorative: the control around it carries the name. */
export function AuditIcon({ name, size = '' }: { name: AuditIconName; size?: '' | 's' | 'xs' }): JSX.Element {
  return (
    <svg class={`ic ${size}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={outlines[name]} />
    </svg>
  )
}
