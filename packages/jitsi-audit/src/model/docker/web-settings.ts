// What the web image makes of its environment: each setting of config.js with its variable, default and the releases it holds in.
import { address, stunAddress } from './addresses.ts'
import { all, any, type ImageEnvironment, type Truth } from './image-environment.ts'

/**
 * How a variable becomes a value: `flag`, its negation `not`, a quoted `text`, a `raw` number or list,
 * `words` (a list of texts, separated by commas), `stun` (a list of servers), or a `constant` that no variable changes.
 */
export type SettingKind = 'flag' | 'not' | 'text' | 'raw' | 'words' | 'stun' | 'constant'

export interface ImageSetting {
  readonly path: string
  readonly kind: SettingKind
  readonly variable: string
  /** Absent: nothing is written while the variable is empty. */
  readonly fallback?: string
  /** Follows the variable's text. */
  readonly suffix?: string
  readonly since?: string
  readonly until?: string
  readonly when?: (environment: ImageEnvironment) => Truth
}

type Options = Omit<ImageSetting, 'path' | 'kind' | 'variable'>

const setting = (path: string, kind: SettingKind, variable: string, options: Options = {}): ImageSetting => ({
  path,
  kind,
  variable,
  ...options,
})

const constant = (path: string, value: string, options: Options = {}): ImageSetting =>
  setting(path, 'constant', '', { fallback: value, ...options })

const recording = (environment: ImageEnvironment): Truth => environment.flag('ENABLE_RECORDING', false)
const recordingOrTranscripts = (environment: ImageEnvironment): Truth =>
  any(environment.flag('ENABLE_RECORDING', false), environment.flag('ENABLE_TRANSCRIPTIONS', false))
const guests = (environment: ImageEnvironment): Truth =>
  all(environment.flag('ENABLE_AUTH', false), environment.flag('ENABLE_GUESTS', false))
const jaas = (environment: ImageEnvironment): Truth => environment.isSet('JAAS_APP_ID')
const jaasComponents = (environment: ImageEnvironment): Truth =>
  all(environment.within('2022-06-10', undefined), environment.flag('ENABLE_JAAS_COMPONENTS', false))
const noJaasComponents = (environment: ImageEnvironment): Truth => {
  const components = jaasComponents(environment)
  return components === undefined ? undefined : !components
}
const rtcstats = (environment: ImageEnvironment): Truth => environment.flag('RTCSTATS_ENABLED', false)
const whiteboard = (environment: ImageEnvironment): Truth =>
  any(
    environment.isSet('WHITEBOARD_COLLAB_SERVER_PUBLIC_URL'),
    environment.isSet('WHITEBOARD_COLLAB_SERVER_URL_BASE'),
  )

/** Servers that the stock config.js named while the images still began with it. */
const STOCK_STUN = `[{ urls: '${stunAddress('meet-jit-si-turnrelay.jitsi.net:443')}' }]`

export const WEB_SETTINGS: readonly ImageSetting[] = [
  setting('hosts.domain', 'text', 'XMPP_DOMAIN', { fallback: 'meet.jitsi' }),
  setting('hosts.muc', 'text', 'XMPP_MUC_DOMAIN', { fallback: 'muc.meet.jitsi' }),
  setting('hosts.anonymousdomain', 'text', 'XMPP_GUEST_DOMAIN', {
    fallback: 'guest.meet.jitsi',
    when: guests,
  }),
  setting('hosts.authdomain', 'text', 'XMPP_DOMAIN', {
    fallback: 'meet.jitsi',
    when: (environment) =>
      all(environment.flag('ENABLE_AUTH', false), environment.flag('ENABLE_AUTH_DOMAIN', true)),
  }),
  constant('bosh', "'/http-bind'"),
  constant('websocket', "'xmpp-websocket'", {
    since: '2020-12-02',
    when: (environment) => environment.flag('ENABLE_XMPP_WEBSOCKET', true),
  }),
  constant('p2p.stunServers', STOCK_STUN, { until: '2022-06-10' }),
  setting('p2p.enabled', 'flag', 'ENABLE_P2P', { fallback: 'true' }),
  setting('p2p.stunServers', 'stun', 'P2P_STUN_SERVERS', { since: '2025-01-13' }),
  constant('bridgeChannel.preferSctp', 'true', { since: '2024-07-02' }),
  setting('resolution', 'raw', 'RESOLUTION', { fallback: '720' }),
  constant('constraints.video', '{}'),
  constant('audioQuality', '{}', { since: '2022-06-10' }),
  constant('videoQuality', '{}', { since: '2021-02-05' }),
  constant('flags', '{}', { since: '2022-08-12' }),
  setting('startAudioOnly', 'flag', 'START_AUDIO_ONLY', { fallback: 'false' }),
  setting('startAudioMuted', 'raw', 'START_AUDIO_MUTED', { fallback: '10' }),
  setting('startWithAudioMuted', 'flag', 'START_WITH_AUDIO_MUTED', {
    fallback: 'false',
    since: '2021-04-17',
  }),
  setting('startVideoMuted', 'raw', 'START_VIDEO_MUTED', { fallback: '10' }),
  setting('startWithVideoMuted', 'flag', 'START_WITH_VIDEO_MUTED', {
    fallback: 'false',
    since: '2021-04-17',
  }),
  setting('disableAudioLevels', 'flag', 'DISABLE_AUDIO_LEVELS', { fallback: 'false', since: '2020-12-23' }),
  setting('enableStatsID', 'flag', 'ENABLE_STATS_ID', { fallback: 'false', until: '2024-01-29' }),
  setting('hideAddRoomButton', 'not', 'ENABLE_BREAKOUT_ROOMS', { fallback: 'true', since: '2021-12-11' }),
  setting('etherpad_base', 'text', 'ETHERPAD_PUBLIC_URL'),
  setting('etherpad_base', 'text', 'PUBLIC_URL', {
    suffix: '/etherpad/p/',
    when: (environment) =>
      all(environment.isSet('ETHERPAD_URL_BASE'), environment.isSet('ETHERPAD_PUBLIC_URL') === false),
  }),

  // Recording and live streaming: written only while recording is on.
  setting('hiddenDomain', 'text', 'XMPP_RECORDER_DOMAIN', {
    fallback: 'recorder.meet.jitsi',
    until: '2024-11-12',
    when: recordingOrTranscripts,
  }),
  setting('hiddenDomain', 'text', 'XMPP_HIDDEN_DOMAIN', {
    fallback: 'hidden.meet.jitsi',
    since: '2024-11-12',
    when: recordingOrTranscripts,
  }),
  constant('fileRecordingsEnabled', 'true', { until: '2022-08-05', when: recording }),
  constant('liveStreamingEnabled', 'true', { until: '2022-08-05', when: recording }),
  setting('liveStreamingEnabled', 'flag', 'ENABLE_LIVESTREAMING', {
    fallback: 'false',
    since: '2022-08-05',
    until: '2023-06-14',
    when: recording,
  }),
  setting('recordingService.enabled', 'flag', 'ENABLE_SERVICE_RECORDING', {
    fallback: 'true',
    since: '2022-08-05',
    when: recording,
  }),
  setting('recordingService.sharingEnabled', 'flag', 'ENABLE_FILE_RECORDING_SHARING', {
    fallback: 'false',
    since: '2022-08-05',
    when: recording,
  }),
  setting('liveStreaming.enabled', 'flag', 'ENABLE_LIVESTREAMING', {
    fallback: 'false',
    since: '2023-06-14',
    when: recording,
  }),
  setting('dropbox.appKey', 'text', 'DROPBOX_APPKEY', { when: recording }),
  setting('localRecording.disable', 'flag', 'DISABLE_LOCAL_RECORDING', {
    fallback: 'false',
    since: '2022-08-05',
  }),
  setting('localRecording.notifyAllParticipants', 'flag', 'ENABLE_LOCAL_RECORDING_NOTIFY_ALL_PARTICIPANT', {
    fallback: 'false',
    since: '2022-08-05',
  }),
  setting('localRecording.disableSelfRecording', 'flag', 'ENABLE_LOCAL_RECORDING_SELF_START', {
    fallback: 'false',
    since: '2022-08-05',
  }),

  // Analytics.
  constant('analytics', '{}'),
  constant('analytics.rtcstatsEnabled', 'true', { since: '2026-03-30', when: rtcstats }),
  setting('analytics.rtcstatsStoreLogs', 'flag', 'RTCSTATS_STORE_LOGS', {
    fallback: 'false',
    since: '2026-03-30',
    when: rtcstats,
  }),
  setting('analytics.rtcstatsEndpoint', 'text', 'PUBLIC_URL', {
    fallback: address('https', 'localhost:8443'),
    since: '2026-03-30',
    when: rtcstats,
  }),
  setting('analytics.rtcstatsSendSdp', 'flag', 'RTCSTATS_SEND_SDP', {
    fallback: 'false',
    since: '2026-03-30',
    when: rtcstats,
  }),
  setting('analytics.amplitudeAPPKey', 'text', 'AMPLITUDE_ID'),
  setting('analytics.googleAnalyticsTrackingId', 'text', 'GOOGLE_ANALYTICS_ID'),
  setting('analytics.matomoEndpoint', 'text', 'MATOMO_ENDPOINT'),
  setting('analytics.matomoSiteID', 'text', 'MATOMO_SITE_ID'),
  setting('analytics.scriptURLs', 'words', 'ANALYTICS_SCRIPT_URLS'),
  setting('analytics.whiteListedEvents', 'words', 'ANALYTICS_WHITELISTED_EVENTS'),
  setting('callStatsID', 'text', 'CALLSTATS_ID', { until: '2024-01-29' }),
  setting('callStatsSecret', 'text', 'CALLSTATS_SECRET', { until: '2024-01-29' }),
  setting('callStatsCustomScriptUrl', 'text', 'CALLSTATS_CUSTOM_SCRIPT_URL', { until: '2024-01-29' }),

  // Telephone, calendar, invitations.
  constant('dialInConfCodeUrl', `'${address('https', 'conference-mapper.jitsi.net/v1/access')}'`, {
    when: jaasComponents,
  }),
  constant('dialInNumbersUrl', `'${address('https', 'conference-mapper.jitsi.net/v1/access/dids')}'`, {
    when: jaasComponents,
  }),
  setting('dialInConfCodeUrl', 'text', 'CONFCODE_URL', { when: noJaasComponents }),
  setting('dialInNumbersUrl', 'text', 'DIALIN_NUMBERS_URL', { when: noJaasComponents }),
  setting('dialOutAuthUrl', 'text', 'DIALOUT_AUTH_URL'),
  setting('dialOutCodesUrl', 'text', 'DIALOUT_CODES_URL'),
  setting('enableCalendarIntegration', 'flag', 'ENABLE_CALENDAR', { fallback: 'false' }),
  setting('googleApiApplicationClientID', 'text', 'GOOGLE_API_APP_CLIENT_ID'),
  setting('microsoftApiApplicationClientID', 'text', 'MICROSOFT_API_APP_CLIENT_ID'),
  setting('inviteServiceUrl', 'text', 'INVITE_SERVICE_URL'),
  setting('peopleSearchUrl', 'text', 'PEOPLE_SEARCH_URL'),

  // Who sees what before and after a meeting.
  setting('prejoinPageEnabled', 'flag', 'ENABLE_PREJOIN_PAGE', { fallback: 'false', until: '2021-10-21' }),
  setting('prejoinPageEnabled', 'flag', 'ENABLE_PREJOIN_PAGE', {
    fallback: 'true',
    since: '2021-10-21',
    until: '2022-06-23',
  }),
  setting('prejoinConfig.enabled', 'flag', 'ENABLE_PREJOIN_PAGE', { fallback: 'true', since: '2022-06-23' }),
  setting('prejoinConfig.hideDisplayName', 'flag', 'HIDE_PREJOIN_DISPLAY_NAME', {
    fallback: 'false',
    since: '2022-06-23',
  }),
  setting('enableWelcomePage', 'flag', 'ENABLE_WELCOME_PAGE', {
    fallback: 'true',
    since: '2020-12-23',
    until: '2024-01-29',
  }),
  setting('welcomePage.disabled', 'not', 'ENABLE_WELCOME_PAGE', { fallback: 'true', since: '2024-01-29' }),
  setting('enableClosePage', 'flag', 'ENABLE_CLOSE_PAGE', { fallback: 'false', since: '2020-12-23' }),
  setting('defaultLanguage', 'text', 'DEFAULT_LANGUAGE', { since: '2021-05-14' }),
  setting('requireDisplayName', 'flag', 'ENABLE_REQUIRE_DISPLAY_NAME', { fallback: 'false' }),
  setting('disableProfile', 'flag', 'DISABLE_PROFILE', { fallback: 'false', since: '2022-08-05' }),
  constant('roomPasswordNumberOfDigits', '10', { since: '2022-09-28', when: jaasComponents }),
  setting('roomPasswordNumberOfDigits', 'raw', 'ROOM_PASSWORD_DIGITS', {
    fallback: 'false',
    since: '2022-09-28',
    when: noJaasComponents,
  }),
  setting('transcribingEnabled', 'flag', 'ENABLE_TRANSCRIPTIONS', { fallback: 'false', until: '2022-12-13' }),
  setting('transcription.enabled', 'flag', 'ENABLE_TRANSCRIPTIONS', {
    fallback: 'false',
    since: '2022-12-13',
  }),
  setting('transcription.disableClosedCaptions', 'not', 'ENABLE_TRANSCRIPTIONS', {
    fallback: 'false',
    since: '2025-06-05',
  }),
  setting('transcription.autoCaptionOnRecord', 'flag', 'AUTO_CAPTION_ON_RECORD', {
    fallback: 'false',
    since: '2022-12-13',
  }),
  setting('dynamicBrandingUrl', 'text', 'DYNAMIC_BRANDING_URL', { since: '2021-02-05' }),
  setting('brandingDataUrl', 'text', 'BRANDING_DATA_URL', {
    when: (environment) => {
      const dynamic = all(
        environment.within('2021-02-05', undefined),
        environment.isSet('DYNAMIC_BRANDING_URL'),
      )
      return dynamic === undefined ? undefined : !dynamic
    },
  }),
  setting('tokenAuthUrl', 'text', 'TOKEN_AUTH_URL', { since: '2020-12-02' }),
  constant('deploymentInfo', '{}'),
  setting('disableDeepLinking', 'flag', 'DISABLE_DEEP_LINKING', { fallback: 'false', since: '2021-04-16' }),
  setting('disableReactions', 'flag', 'DISABLE_REACTIONS', { fallback: 'false', since: '2021-10-21' }),
  setting('disablePolls', 'flag', 'DISABLE_POLLS', { fallback: 'false', since: '2021-10-21' }),
  setting('toolbarButtons', 'words', 'TOOLBAR_BUTTONS', { since: '2022-01-14' }),
  setting('hiddenPremeetingButtons', 'words', 'HIDE_PREMEETING_BUTTONS', { since: '2022-01-14' }),
  constant('remoteVideoMenu', '{}', { since: '2022-02-03' }),
  setting('e2eping.enabled', 'flag', 'ENABLE_E2EPING', { fallback: 'false', since: '2022-06-10' }),
  constant('virtualBackground', '{}', { since: '2026-08-03' }),
  constant('whiteboard.enabled', 'true', { since: '2023-01-13', when: whiteboard }),
  constant('whiteboard.enabled', 'false', {
    since: '2023-01-13',
    when: (environment) => {
      const on = whiteboard(environment)
      return on === undefined ? undefined : !on
    },
  }),
  setting('whiteboard.collabServerBaseUrl', 'text', 'WHITEBOARD_COLLAB_SERVER_PUBLIC_URL', {
    since: '2023-01-13',
  }),
  setting('whiteboard.collabServerBaseUrl', 'text', 'PUBLIC_URL', {
    since: '2024-07-02',
    when: (environment) =>
      all(
        environment.isSet('WHITEBOARD_COLLAB_SERVER_URL_BASE'),
        environment.isSet('WHITEBOARD_COLLAB_SERVER_PUBLIC_URL') === false,
      ),
  }),
  constant('testing', '{}'),

  // JaaS: the whole meeting runs at 8x8.
  constant('hosts.domain', "'8x8.vc'", { since: '2024-09-26', when: jaas }),
  constant('hosts.focus', "'focus.8x8.vc'", { since: '2024-09-26', when: jaas }),
  constant('analytics.rtcstatsEnabled', 'true', { since: '2024-09-26', when: jaas }),
  constant('analytics.rtcstatsStoreLogs', 'true', { since: '2024-09-26', when: jaas }),
  constant('analytics.rtcstatsEndpoint', `'${address('wss', 'rtcstats-server-8x8.jitsi.net/')}'`, {
    since: '2024-09-26',
    when: jaas,
  }),
  constant('analytics.rtcstatsSendSdp', 'true', { since: '2024-09-26', when: jaas }),
  constant('enableEmailInStats', 'true', { since: '2024-09-26', when: jaas }),
  constant('brandingDataUrl', `'${address('https', '8x8.vc/v1/_jaas/branding/public/v1/conferences')}'`, {
    since: '2024-09-26',
    when: jaas,
  }),
  constant('inviteServiceUrl', `'${address('https', '8x8.vc/v1/_jaas/v1/meeting/invite')}'`, {
    since: '2024-09-26',
    when: jaas,
  }),
  constant('peopleSearchUrl', `'${address('https', '8x8.vc/v1/_jaas/v1/directory/search')}'`, {
    since: '2024-09-26',
    when: jaas,
  }),
  constant(
    'whiteboard.collabServerBaseUrl',
    `'${address('https', 'eght-excalidraw-backend.cloudflare.jitsi.net')}'`,
    {
      since: '2024-09-26',
      when: jaas,
    },
  ),
]

/** Stock values of interface_config.js that the images bring along and no variable changes. */
export const INTERFACE_SETTINGS: readonly (readonly [string, string])[] = [
  ['MOBILE_APP_PROMO', 'true'],
  ['RECENT_LIST_ENABLED', 'true'],
  ['SHOW_JITSI_WATERMARK', 'true'],
  ['JITSI_WATERMARK_LINK', `'${address('https', 'jitsi.org')}'`],
  ['DISABLE_DOMINANT_SPEAKER_INDICATOR', 'false'],
  ['DISPLAY_WELCOME_PAGE_CONTENT', 'false'],
]
