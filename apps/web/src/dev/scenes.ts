// Draws people and a slide for the stage preview; not part of the build.

/** A person before a wall, in the hue of the seat. */
export function drawPerson(pen: CanvasRenderingContext2D, hue: number): void {
  const { width: w, height: h } = pen.canvas
  const wall = pen.createLinearGradient(0, 0, w, h)
  wall.addColorStop(0, `oklch(0.48 0.03 ${hue})`)
  wall.addColorStop(1, `oklch(0.28 0.035 ${hue})`)
  pen.fillStyle = wall
  pen.fillRect(0, 0, w, h)
  pen.fillStyle = `oklch(0.5 0.075 ${hue})`
  pen.beginPath()
  pen.ellipse(w / 2, h * 1.08, w * 0.28, h * 0.42, 0, 0, 2 * Math.PI)
  pen.fill()
  pen.fillStyle = `oklch(0.66 0.06 ${50 + (hue % 20)})`
  pen.fillRect(w / 2 - w * 0.04, h * 0.5, w * 0.08, h * 0.2)
  pen.beginPath()
  pen.ellipse(w / 2, h * 0.4, w * 0.085, h * 0.22, 0, 0, 2 * Math.PI)
  pen.fill()
  pen.fillStyle = 'oklch(0.24 0.025 70)'
  pen.beginPath()
  pen.ellipse(w / 2, h * 0.28, w * 0.1, h * 0.14, 0, Math.PI, 2 * Math.PI)
  pen.fill()
}

/** A slide with a heading and four bars. */
export function drawSlide(pen: CanvasRenderingContext2D): void {
  const { width: w, height: h } = pen.canvas
  pen.fillStyle = 'oklch(0.99 0.004 85)'
  pen.fillRect(0, 0, w, h)
  pen.fillStyle = 'oklch(0.235 0.012 70)'
  pen.font = '58px Georgia, serif'
  pen.fillText('Haushalt 2027', 80, 130)
  pen.font = '28px sans-serif'
  ;[
    ['Jugendarbeit', 41],
    ['Räume', 29],
    ['Veranstaltungen', 18],
    ['Verwaltung', 12],
  ].forEach(([label, share], index) => {
    const y = 260 + index * 100
    pen.fillStyle = 'oklch(0.235 0.012 70)'
    pen.fillText(String(label), 80, y + 38)
    pen.fillStyle = 'oklch(0.44 0.074 214)'
    pen.fillRect(400, y, Number(share) * 17, 54)
    pen.fillText(`${share} %`, 420 + Number(share) * 17, y + 38)
  })
}
