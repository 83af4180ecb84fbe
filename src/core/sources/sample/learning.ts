import type { SampleEntry } from './entry.ts';

/** How networks are trained, made faster and judged. */
export const learningPapers: readonly SampleEntry[] = [
  {
    id: '1412.6980',
    title: 'Adam: A Method for Stochastic Optimization',
    authors: 'Diederik P. Kingma, Jimmy Ba',
    date: '2014-12-22',
    categories: 'cs.LG',
    keywords: 'optimization, stochastic gradient descent, adaptive learning rates',
    upvotes: 91,
    summary:
      'Adam gives each weight its own step size from running averages of its gradients, and needs little tuning.',
    abstract:
      'The optimizer keeps running means of each gradient and of its square, corrects them for their start at zero, and scales the step by them. It is cheap in memory, copes with noisy and sparse gradients, and became the default for training networks.',
  },
  {
    id: '1409.0473',
    title: 'Neural Machine Translation by Jointly Learning to Align and Translate',
    authors: 'Dzmitry Bahdanau, Kyunghyun Cho, Yoshua Bengio',
    date: '2014-09-01',
    categories: 'cs.CL cs.LG cs.NE stat.ML',
    organization: 'Université de Montréal',
    keywords: 'attention, machine translation, recurrent networks',
    upvotes: 84,
    summary:
      'A translator that looks back at the relevant source words for each word it writes no longer fails on long sentences.',
    abstract:
      'Squeezing a whole sentence into one vector limits how well a network can translate. This model learns, for every word of its output, which source words to look at, an idea since known as attention.',
  },
  {
    id: '1301.3781',
    title: 'Efficient Estimation of Word Representations in Vector Space',
    authors: 'Tomas Mikolov, Kai Chen, Greg Corrado, Jeffrey Dean',
    date: '2013-01-16',
    categories: 'cs.CL',
    organization: 'Google',
    keywords: 'word embeddings, word2vec, language modelling',
    upvotes: 73,
    summary:
      'Two very simple models learn word vectors from billions of words in a day, and the vectors hold analogies.',
    abstract:
      'By dropping the hidden layer, the models behind word2vec learn from far more text than earlier networks at a fraction of the cost. Simple sums and differences of the vectors answer questions about meaning and grammar.',
  },
  {
    id: '1312.6114',
    title: 'Auto-Encoding Variational Bayes',
    authors: 'Diederik P. Kingma, Max Welling',
    date: '2013-12-20',
    categories: 'stat.ML cs.LG',
    organization: 'University of Amsterdam',
    keywords: 'variational autoencoder, latent variables, generative models',
    upvotes: 64,
    summary:
      'The variational autoencoder learns hidden causes of data with plain gradient descent, thanks to one change of variables.',
    abstract:
      'Writing a random hidden variable as a fixed noise source passed through a network lets gradients flow through sampling. An encoder and a decoder can then be trained together, even where the exact posterior is out of reach.',
  },
  {
    id: '1312.5602',
    title: 'Playing Atari with Deep Reinforcement Learning',
    authors:
      'Volodymyr Mnih, Koray Kavukcuoglu, David Silver, Alex Graves, Ioannis Antonoglou, Daan Wierstra, Martin Riedmiller',
    date: '2013-12-19',
    categories: 'cs.LG',
    organization: 'DeepMind',
    keywords: 'deep reinforcement learning, Q-learning, games',
    upvotes: 79,
    summary:
      'One network learns seven Atari games from raw pixels and the score alone, and beats people at three of them.',
    abstract:
      'A convolutional network learns to value each joystick move from screen images, with Q-learning on shuffled memories of past play. The same design and settings, without any knowledge of the games, beat earlier methods on six of seven.',
  },
  {
    id: '1503.02531',
    title: 'Distilling the Knowledge in a Neural Network',
    authors: 'Geoffrey Hinton, Oriol Vinyals, Jeff Dean',
    date: '2015-03-09',
    categories: 'stat.ML cs.LG cs.NE',
    organization: 'Google',
    keywords: 'knowledge distillation, model compression, ensembles',
    upvotes: 62,
    summary:
      'A small network trained on the soft predictions of a large one keeps most of what the large one knows.',
    abstract:
      'How a large model spreads its probability over wrong answers tells much about what it has learnt. Training a small model on these softened outputs moves that knowledge over, as shown on digits and on a commercial speech recognizer.',
  },
  {
    id: '1707.06347',
    title: 'Proximal Policy Optimization Algorithms',
    authors: 'John Schulman, Filip Wolski, Prafulla Dhariwal, Alec Radford, Oleg Klimov',
    date: '2017-07-20',
    categories: 'cs.LG',
    organization: 'OpenAI',
    codeUrl: 'https://github.com/openai/baselines',
    keywords: 'reinforcement learning, policy gradients, PPO',
    upvotes: 86,
    summary:
      'PPO limits how far one update may move a policy, which makes reinforcement learning both simple and stable.',
    abstract:
      'The method takes several gradient steps on each batch of experience, and clips the objective so that the new policy stays near the old one. It is easier to write than trust-region methods, and did better than other policy gradients in simulated robots and Atari games.',
  },
  {
    id: '2106.09685',
    title: 'LoRA: Low-Rank Adaptation of Large Language Models',
    authors:
      'Edward J. Hu, Yelong Shen, Phillip Wallis, Zeyuan Allen-Zhu, Yuanzhi Li, Shean Wang, Lu Wang, Weizhu Chen',
    date: '2021-06-17',
    categories: 'cs.CL cs.AI cs.LG',
    organization: 'Microsoft',
    codeUrl: 'https://github.com/microsoft/LoRA',
    keywords: 'fine-tuning, low-rank adaptation, parameter efficiency',
    upvotes: 138,
    summary:
      'Freezing a large model and training only small low-rank additions adapts it at a tiny part of the cost.',
    abstract:
      'Each weight matrix stays as it is, and a product of two thin matrices is learnt beside it. That trains ten thousand times fewer parameters for GPT-3, loses no quality, and adds no delay, since the product can be merged into the weights.',
  },
  {
    id: '2205.14135',
    title: 'FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness',
    authors: 'Tri Dao, Daniel Y. Fu, Stefano Ermon, Atri Rudra, Christopher Ré',
    date: '2022-05-27',
    categories: 'cs.LG',
    organization: 'Stanford University',
    codeUrl: 'https://github.com/Dao-AILab/flash-attention',
    keywords: 'attention, GPU kernels, long context',
    upvotes: 115,
    summary:
      'Computing exact attention in tiles that stay in fast GPU memory makes it several times faster and lets contexts grow.',
    abstract:
      'Attention is slow mostly because of reads and writes to GPU memory, not arithmetic. Working tile by tile, and computing some values again instead of storing them, gives the same result faster and with memory that grows only linearly with length.',
  },
  {
    id: '2305.18290',
    title: 'Direct Preference Optimization: Your Language Model is Secretly a Reward Model',
    authors:
      'Rafael Rafailov, Archit Sharma, Eric Mitchell, Stefano Ermon, Christopher D. Manning, Chelsea Finn',
    date: '2023-05-29',
    categories: 'cs.LG cs.AI cs.CL',
    organization: 'Stanford University',
    codeUrl: 'https://github.com/eric-mitchell/direct-preference-optimization',
    keywords: 'preference optimization, alignment, RLHF',
    upvotes: 123,
    summary:
      'DPO tunes a language model on people’s preferences with one classification loss, without reinforcement learning.',
    abstract:
      'A change of variables shows that the reward model of RLHF can be expressed by the language model itself. Tuning then needs neither a separate reward model nor sampling during training, and does as well or better in controlling sentiment, summaries and dialogue.',
  },
  {
    id: '2312.00752',
    title: 'Mamba: Linear-Time Sequence Modeling with Selective State Spaces',
    authors: 'Albert Gu, Tri Dao',
    date: '2023-12-01',
    categories: 'cs.LG cs.AI',
    codeUrl: 'https://github.com/state-spaces/mamba',
    keywords: 'state space models, sequence modelling, long context',
    upvotes: 140,
    summary:
      'A state space model that chooses by content what to remember matches Transformers with cost linear in length.',
    abstract:
      'Letting the parameters of a state space model depend on the input allows it to keep or forget each token. With an algorithm made for the GPU it runs several times faster than a Transformer when generating, and works on language, audio and DNA up to a million tokens long.',
  },
  {
    id: '2310.06770',
    title: 'SWE-bench: Can Language Models Resolve Real-World GitHub Issues?',
    authors:
      'Carlos E. Jimenez, John Yang, Alexander Wettig, Shunyu Yao, Kexin Pei, Ofir Press, Karthik Narasimhan',
    date: '2023-10-10',
    categories: 'cs.CL cs.AI cs.SE',
    organization: 'Princeton University',
    codeUrl: 'https://github.com/SWE-bench/SWE-bench',
    keywords: 'benchmark, code generation, agents',
    upvotes: 99,
    summary:
      'Over two thousand real issues from Python projects test whether a model can write the patch that passes the tests.',
    abstract:
      'The benchmark gives a model a whole repository and an issue, and runs the project’s own tests on the patch it writes. When it came out the best model solved only about two in a hundred, which made it a yardstick for coding agents.',
  },
];
