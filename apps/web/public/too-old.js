// Runs only in browsers without JavaScript modules: they cannot run Runde, and this says so in words they can show.
var box = document.getElementById('app')
if (box) {
  box.setAttribute('data-testid', 'error-page')
  box.setAttribute('data-error', 'browser_too_old')
  box.textContent =
    'Dieser Browser ist zu alt für Runde. Bitte nehmen Sie eine aktuelle Fassung von Firefox, Chrome, Edge oder Safari. ' +
    'This browser is too old for Runde. Please use a current version of Firefox, Chrome, Edge or Safari.'
}
