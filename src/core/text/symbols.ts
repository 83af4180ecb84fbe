function table(words: string): ReadonlyMap<string, string> {
  const list = words.trim().split(/\s+/);
  return new Map(
    list.flatMap((name, i) => (i % 2 === 0 ? [[name, list[i + 1] ?? ''] as const] : [])),
  );
}

/** Greek letters by their LaTeX names. */
export const GREEK = table(`
  alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
  kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ
  upsilon υ phi φ varphi φ chi χ psi ψ omega ω
  Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω`);

/** Arrows, whose names are no English words. */
export const ARROWS = table(`
  rightarrow → leftarrow ← uparrow ↑ downarrow ↓ leftrightarrow ↔ updownarrow ↕
  Rightarrow ⇒ Leftarrow ⇐ Uparrow ⇑ Downarrow ⇓ Leftrightarrow ⇔
  longrightarrow → longleftarrow ← longleftrightarrow ↔ Longrightarrow ⇒ Longleftrightarrow ⇔
  hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightleftharpoons ⇌ leadsto ⇝
  rightsquigarrow ⇝ nearrow ↗ searrow ↘ textrightarrow → textleftarrow ← longmapsto ⟼`);

const MATH = table(`
  to → gets ← mapsto ↦ implies ⇒ iff ⇔
  times × div ÷ pm ± mp ∓ cdot · ast * star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙
  le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ne ≠ neq ≠ ll ≪ gg ≫ lesssim ≲ gtrsim ≳ lt < gt >
  approx ≈ approxeq ≊ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ doteq ≐ triangleq ≜ coloneqq ≔
  prec ≺ succ ≻ preceq ⪯ succeq ⪰ infty ∞ partial ∂ nabla ∇ forall ∀ exists ∃ nexists ∄
  in ∈ ni ∋ notin ∉ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ cup ∪ cap ∩ sqcup ⊔
  setminus ∖ emptyset ∅ varnothing ∅ land ∧ wedge ∧ lor ∨ vee ∨ neg ¬ lnot ¬ vdash ⊢ models ⊨
  perp ⊥ bot ⊥ top ⊤ parallel ∥ mid | vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ angle ∠
  sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂
  ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ wp ℘ imath ı jmath ȷ prime ′ dagger † ddagger ‡
  ldots … cdots ⋯ dots … dotsc … dotsb ⋯ vdots ⋮ ddots ⋱ textellipsis …
  langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } lbrack [ rbrack ]
  triangle △ square □ Box □ blacksquare ■ diamond ⋄ diamondsuit ♢ heartsuit ♡ clubsuit ♣ spadesuit ♠
  checkmark ✓ cmark ✓ xmark ✗ bigstar ★ because ∵ therefore ∴ sharp ♯ flat ♭ natural ♮ degree °
  textdegree ° textgreater > textless < textasciitilde ~ textasciicircum ^ textunderscore _
  textbackslash ∖ backslash ∖ textbar | textbraceleft { textbraceright } textdollar $
  textbullet • textperiodcentered · textpm ± texttimes × textmu µ textregistered ® copyright ©
  textcopyright © texttrademark ™ pounds £ textsterling £ euro € texteuro € S § P ¶ dag † ddag ‡
  textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” guillemotleft «
  guillemotright » lq ‘ rq ’ colon : And & LaTeX LaTeX TeX TeX BibTeX BibTeX`);

/** LaTeX commands that stand for a symbol. */
export const SYMBOLS: ReadonlyMap<string, string> = new Map([...GREEK, ...ARROWS, ...MATH]);

/** Letters and dashes of running text: LaTeX swallows the space that ends such a command. */
export const LETTERS = table(`
  o ø O Ø l ł L Ł ss ß aa å AA Å ae æ AE Æ oe œ OE Œ i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ ng ŋ NG Ŋ
  textemdash — textendash –`);

/** Shorthands that papers define for themselves, each with the meaning everybody gives it. */
export const SHORTHANDS = new Map([
  ['ie', 'i.e.'],
  ['eg', 'e.g.'],
  ['Eg', 'E.g.'],
  ['Ie', 'I.e.'],
  ['etc', 'etc.'],
  ['etal', 'et al.'],
  ['vs', 'vs.'],
  ['cf', 'cf.'],
]);

/** Functions that LaTeX sets upright: their names stay, parted from what is around them. */
export const OPERATORS: ReadonlySet<string> = new Set(
  `log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh max min sup inf lim
   limsup liminf arg argmax argmin det dim ker gcd hom Pr deg mod bmod pmod rank tr`.split(/\s+/),
);

/** Accents by command, as the combining mark that follows the letter. */
export const ACCENTS = table(`
  " \u0308 ' \u0301 \` \u0300 ^ \u0302 ~ \u0303 = \u0304 . \u0307
  c \u0327 v \u030C H \u030B k \u0328 r \u030A u \u0306 d \u0323 b \u0331
  hat \u0302 widehat \u0302 check \u030C tilde \u0303 widetilde \u0303 acute \u0301 grave \u0300
  dot \u0307 ddot \u0308 breve \u0306 bar \u0304 overline \u0304 vec \u20D7 mathring \u030A`);
