import type { SampleEntry } from './entry.ts';

/** Language models and agents. */
export const languagePapers: readonly SampleEntry[] = [
  {
    id: '1706.03762',
    title: 'Attention Is All You Need',
    authors:
      'Ashish Vaswani, Noam Shazeer, Niki Parmar, Jakob Uszkoreit, Llion Jones, Aidan N. Gomez, Lukasz Kaiser, Illia Polosukhin',
    date: '2017-06-12',
    categories: 'cs.CL cs.LG',
    organization: 'Google',
    codeUrl: 'https://github.com/tensorflow/tensor2tensor',
    keywords: 'Transformer, self-attention, machine translation',
    upvotes: 214,
    summary:
      'The Transformer drops recurrence and convolution, and translates better with attention alone.',
    abstract:
      'This paper builds a sequence model from attention layers only, without any recurrence or convolution. The design trains in parallel over all positions, sets new best scores in translation between English, German and French, and became the base of today’s language models.',
  },
  {
    id: '1810.04805',
    title: 'BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding',
    authors: 'Jacob Devlin, Ming-Wei Chang, Kenton Lee, Kristina Toutanova',
    date: '2018-10-11',
    categories: 'cs.CL',
    organization: 'Google',
    codeUrl: 'https://github.com/google-research/bert',
    keywords: 'pre-training, masked language model, transfer learning',
    upvotes: 142,
    summary:
      'BERT learns from unlabelled text by filling in hidden words, then adapts to many tasks with one extra layer.',
    abstract:
      'A Transformer encoder reads text in both directions and is trained to guess words that were hidden from it. The same trained model, with one small layer added and a short fine-tuning, then led eleven language understanding tasks.',
  },
  {
    id: '2005.14165',
    title: 'Language Models are Few-Shot Learners',
    authors:
      'Tom B. Brown, Benjamin Mann, Nick Ryder, Melanie Subbiah, Jared Kaplan, Prafulla Dhariwal, Arvind Neelakantan, Pranav Shyam, Girish Sastry, Amanda Askell, Sandhini Agarwal, Ariel Herbert-Voss, Gretchen Krueger, Tom Henighan, Rewon Child, Aditya Ramesh, Daniel M. Ziegler, Jeffrey Wu, Clemens Winter, Christopher Hesse, Mark Chen, Eric Sigler, Mateusz Litwin, Scott Gray, Benjamin Chess, Jack Clark, Christopher Berner, Sam McCandlish, Alec Radford, Ilya Sutskever, Dario Amodei',
    date: '2020-05-28',
    categories: 'cs.CL',
    organization: 'OpenAI',
    keywords: 'large language models, few-shot learning, in-context learning',
    upvotes: 187,
    summary:
      'GPT-3, with 175 billion parameters, does new tasks from a few examples in its prompt, without any training on them.',
    abstract:
      'The authors train a language model ten times larger than any dense one before it, and give it tasks as plain text with a few worked examples. Without changing a weight it comes close to systems that were trained for the task, and the paper also reports where it fails and what risks it brings.',
  },
  {
    id: '2001.08361',
    title: 'Scaling Laws for Neural Language Models',
    authors:
      'Jared Kaplan, Sam McCandlish, Tom Henighan, Tom B. Brown, Benjamin Chess, Rewon Child, Scott Gray, Alec Radford, Jeffrey Wu, Dario Amodei',
    date: '2020-01-23',
    categories: 'cs.LG stat.ML',
    organization: 'OpenAI',
    keywords: 'scaling laws, language models, compute budget',
    upvotes: 88,
    summary:
      'The loss of a language model falls as a power law of its size, its data and the compute spent on it.',
    abstract:
      'Many training runs over seven orders of magnitude show that a language model’s loss follows simple power laws in parameters, data and compute, while its exact shape matters little. From these laws the paper derives how to spend a fixed compute budget.',
  },
  {
    id: '2203.15556',
    title: 'Training Compute-Optimal Large Language Models',
    authors:
      'Jordan Hoffmann, Sebastian Borgeaud, Arthur Mensch, Elena Buchatskaya, Trevor Cai, Eliza Rutherford, Diego de Las Casas, Lisa Anne Hendricks, Johannes Welbl, Aidan Clark, Tom Hennigan, Eric Noland, Katie Millican, George van den Driessche, Bogdan Damoc, Aurelia Guy, Simon Osindero, Karen Simonyan, Erich Elsen, Jack W. Rae, Oriol Vinyals, Laurent Sifre',
    date: '2022-03-29',
    categories: 'cs.CL cs.LG',
    organization: 'DeepMind',
    keywords: 'scaling laws, compute-optimal training, language models',
    upvotes: 97,
    summary:
      'For a fixed compute budget, model size and training data should grow together; most models had seen too little text.',
    abstract:
      'Over four hundred trained models suggest that doubling a model’s size should go with doubling its training tokens. Chinchilla, a 70-billion-parameter model trained that way, beats much larger models that had used the same compute.',
  },
  {
    id: '2201.11903',
    title: 'Chain-of-Thought Prompting Elicits Reasoning in Large Language Models',
    authors:
      'Jason Wei, Xuezhi Wang, Dale Schuurmans, Maarten Bosma, Brian Ichter, Fei Xia, Ed Chi, Quoc Le, Denny Zhou',
    date: '2022-01-28',
    categories: 'cs.CL cs.AI',
    organization: 'Google',
    keywords: 'chain of thought, reasoning, prompting',
    upvotes: 131,
    summary:
      'Showing a large model a few worked solutions, step by step, makes it reason better by itself.',
    abstract:
      'Instead of pairs of question and answer, the prompt holds examples with the steps in between. Large models then write out their own steps, and gain strongly in arithmetic, commonsense and symbolic reasoning, while small models do not.',
  },
  {
    id: '2203.02155',
    title: 'Training language models to follow instructions with human feedback',
    authors:
      'Long Ouyang, Jeff Wu, Xu Jiang, Diogo Almeida, Carroll L. Wainwright, Pamela Mishkin, Chong Zhang, Sandhini Agarwal, Katarina Slama, Alex Ray, John Schulman, Jacob Hilton, Fraser Kelton, Luke Miller, Maddie Simens, Amanda Askell, Peter Welinder, Paul Christiano, Jan Leike, Ryan Lowe',
    date: '2022-03-04',
    categories: 'cs.CL cs.AI cs.LG',
    organization: 'OpenAI',
    keywords: 'RLHF, instruction following, alignment',
    upvotes: 119,
    summary:
      'InstructGPT learns from people’s rankings of its answers, and people prefer it to a model a hundred times larger.',
    abstract:
      'A language model is first tuned on answers written by people, then by reinforcement learning against a reward model that learnt from people’s rankings. The result follows instructions better, is more truthful and less toxic, and loses little on standard benchmarks.',
  },
  {
    id: '2302.13971',
    title: 'LLaMA: Open and Efficient Foundation Language Models',
    authors:
      'Hugo Touvron, Thibaut Lavril, Gautier Izacard, Xavier Martinet, Marie-Anne Lachaux, Timothée Lacroix, Baptiste Rozière, Naman Goyal, Eric Hambro, Faisal Azhar, Aurelien Rodriguez, Armand Joulin, Edouard Grave, Guillaume Lample',
    date: '2023-02-27',
    categories: 'cs.CL',
    organization: 'Meta',
    keywords: 'open models, foundation models, efficient inference',
    upvotes: 156,
    summary:
      'A family of models of 7 to 65 billion parameters, trained on public data only, rivals far larger closed ones.',
    abstract:
      'The authors train comparatively small language models for much longer than usual, on data that anyone can obtain. The 13-billion-parameter model beats GPT-3 on most benchmarks, and the weights went to the research community.',
  },
  {
    id: '2310.06825',
    title: 'Mistral 7B',
    authors:
      'Albert Q. Jiang, Alexandre Sablayrolles, Arthur Mensch, Chris Bamford, Devendra Singh Chaplot, Diego de las Casas, Florian Bressand, Gianna Lengyel, Guillaume Lample, Lucile Saulnier, Lélio Renard Lavaud, Marie-Anne Lachaux, Pierre Stock, Teven Le Scao, Thibaut Lavril, Thomas Wang, Timothée Lacroix, William El Sayed',
    date: '2023-10-10',
    categories: 'cs.CL cs.AI cs.LG',
    organization: 'Mistral AI',
    keywords: 'open models, sliding window attention, grouped-query attention',
    upvotes: 93,
    summary:
      'A 7-billion-parameter open model beats a 13-billion one by attending in a sliding window and sharing keys in groups.',
    abstract:
      'Grouped-query attention makes this small model fast, and sliding-window attention lets it read long text at low cost. It leads larger open models on every benchmark that the authors tried, and comes under the Apache 2.0 licence.',
  },
  {
    id: '2005.11401',
    title: 'Retrieval-Augmented Generation for Knowledge-Intensive NLP Tasks',
    authors:
      'Patrick Lewis, Ethan Perez, Aleksandra Piktus, Fabio Petroni, Vladimir Karpukhin, Naman Goyal, Heinrich Küttler, Mike Lewis, Wen-tau Yih, Tim Rocktäschel, Sebastian Riedel, Douwe Kiela',
    date: '2020-05-22',
    categories: 'cs.CL cs.LG',
    organization: 'Meta',
    keywords: 'retrieval, question answering, RAG',
    upvotes: 104,
    summary:
      'A text generator looks passages up in Wikipedia before it answers, and so is more factual and easy to update.',
    abstract:
      'The model joins a neural search index over Wikipedia to a sequence generator, and trains both on question and answer alone. It led open-domain question answering when it came out, and its knowledge can be changed by swapping the index.',
  },
  {
    id: '2210.03629',
    title: 'ReAct: Synergizing Reasoning and Acting in Language Models',
    authors:
      'Shunyu Yao, Jeffrey Zhao, Dian Yu, Nan Du, Izhak Shafran, Karthik Narasimhan, Yuan Cao',
    date: '2022-10-06',
    categories: 'cs.CL cs.AI cs.LG',
    codeUrl: 'https://github.com/ysymyth/ReAct',
    keywords: 'agents, reasoning, tool use',
    upvotes: 112,
    summary:
      'Agents that write a thought before each action, and read the result after it, plan better and invent less.',
    abstract:
      'A language model takes turns between writing down its reasoning and acting, for example by searching Wikipedia. The mix makes fewer things up than reasoning alone in question answering, and beats trained agents in two simulated worlds with one or two examples.',
  },
];
