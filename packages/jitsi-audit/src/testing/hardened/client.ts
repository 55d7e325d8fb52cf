// The files that the browser gets in every hardened installation of ours.

/** Everything that a config.js must say so that nobody outside hears of a meeting. */
export const WEB_SETTINGS: string = `    disableThirdPartyRequests: true,
    gravatar: { disabled: true },
    analytics: { disabled: true, rtcstatsEnabled: false },
    enableDisplayNameInStats: false,
    enableEmailInStats: false,
    p2p: { enabled: false, stunServers: [] },
    enableInsecureRoomNameWarning: true,
    roomPasswordNumberOfDigits: false,
    doNotStoreRoom: true,
    prejoinConfig: { enabled: true, preCallTestEnabled: false },
    securityUi: { hideLobbyButton: false },
    localRecording: { disable: true, notifyAllParticipants: true },
    recordingService: { enabled: false, sharingEnabled: false },
    recordings: { showPrejoinWarning: true },
    liveStreaming: { enabled: false },
    transcription: { enabled: false, autoTranscribeOnRecord: false },
    deeplinking: { disabled: true },
    disableDeepLinking: true,
    enableCalendarIntegration: false,
    giphy: { enabled: false },
    whiteboard: { enabled: false },
    screenshotCapture: { enabled: false },
    legalUrls: {
        privacy: 'https://meet.example.org/static/datenschutz.html',
        terms: 'https://meet.example.org/static/nutzung.html',
        helpCentre: 'https://meet.example.org/static/hilfe.html'
    },
    toolbarButtons: [ 'microphone', 'camera', 'desktop', 'chat', 'raisehand', 'participants-pane', 'tileview', 'security', 'settings', 'hangup' ]
`

export const CONFIG: string = `var config = {
    hosts: {
        domain: 'meet.example.org',
        muc: 'conference.meet.example.org'
    },
    bosh: '//meet.example.org/http-bind',
    websocket: 'wss://meet.example.org/xmpp-websocket',
${WEB_SETTINGS}};
`

export const INTERFACE_CONFIG: string = `var interfaceConfig = {
    APP_NAME: 'Konferenz',
    MOBILE_APP_PROMO: false,
    RECENT_LIST_ENABLED: false,
    DISPLAY_WELCOME_PAGE_ADDITIONAL_CONTENT: true,
    SHOW_JITSI_WATERMARK: false
};
`

export const WELCOME_PAGE: string = `<template id="welcome-page-additional-content-template">
    <p><a href="/static/impressum.html">Impressum</a> <a href="/static/datenschutz.html">Datenschutz</a></p>
</template>
`

export const CSP: string =
  "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; connect-src 'self' wss://meet.example.org; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; frame-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'"
