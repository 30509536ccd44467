/** Two tones, the second higher: short enough for a night shift, unlike any other sound of an office. */
const TONES_HZ = [659, 880];
const TONE_S = 0.16;
const LOUDNESS = 0.18;

let context: AudioContext | null = null;

/** Plays the sound of a new alert; silent where the browser wants a click on the page first. */
export async function ring(): Promise<void> {
  try {
    context ??= new AudioContext();
    await context.resume();
    const begin = context.currentTime + 0.02;
    TONES_HZ.forEach((frequency, index) => {
      if (context) playTone(context, frequency, begin + index * TONE_S);
    });
  } catch {
    // No sound to be had here.
  }
}

function playTone(audio: AudioContext, frequency: number, at: number): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = frequency;
  // Without a slope at either end it would click.
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  volume.gain.linearRampToValueAtTime(0, at + TONE_S);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + TONE_S);
}
