import type { SampleEntry } from './entry.ts';

/** Images, video, and models that generate them. */
export const visionPapers: readonly SampleEntry[] = [
  {
    id: '1512.03385',
    title: 'Deep Residual Learning for Image Recognition',
    authors: 'Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun',
    date: '2015-12-10',
    categories: 'cs.CV',
    organization: 'Microsoft',
    codeUrl: 'https://github.com/KaimingHe/deep-residual-networks',
    keywords: 'residual networks, image recognition, skip connections',
    upvotes: 128,
    summary:
      'Layers that learn only the difference from their input let networks of over a hundred layers train well.',
    abstract:
      'Very deep networks used to get worse as layers were added. Letting each block add a correction to its input removes that limit: a network of 152 layers won the ImageNet classification challenge of 2015.',
  },
  {
    id: '1505.04597',
    title: 'U-Net: Convolutional Networks for Biomedical Image Segmentation',
    authors: 'Olaf Ronneberger, Philipp Fischer, Thomas Brox',
    date: '2015-05-18',
    categories: 'cs.CV',
    organization: 'University of Freiburg',
    keywords: 'segmentation, biomedical images, data augmentation',
    upvotes: 67,
    summary:
      'A U-shaped network with shortcuts between its two arms segments microscope images from very few examples.',
    abstract:
      'One arm of the network gathers context, the other brings back fine detail, and shortcuts join them at every scale. With heavily distorted copies of a few labelled images it won a cell tracking challenge, and it later became the backbone of diffusion models.',
  },
  {
    id: '2010.11929',
    title: 'An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale',
    authors:
      'Alexey Dosovitskiy, Lucas Beyer, Alexander Kolesnikov, Dirk Weissenborn, Xiaohua Zhai, Thomas Unterthiner, Mostafa Dehghani, Matthias Minderer, Georg Heigold, Sylvain Gelly, Jakob Uszkoreit, Neil Houlsby',
    date: '2020-10-22',
    categories: 'cs.CV cs.AI cs.LG',
    organization: 'Google',
    codeUrl: 'https://github.com/google-research/vision_transformer',
    keywords: 'Vision Transformer, image classification, pre-training',
    upvotes: 109,
    summary:
      'A plain Transformer reads an image as a row of small patches and, given enough data, matches the best convolutional nets.',
    abstract:
      'Images are cut into patches that a standard Transformer treats like words. After pre-training on large collections the model equals or beats the best convolutional networks, and needs less compute to train.',
  },
  {
    id: '2103.00020',
    title: 'Learning Transferable Visual Models From Natural Language Supervision',
    authors:
      'Alec Radford, Jong Wook Kim, Chris Hallacy, Aditya Ramesh, Gabriel Goh, Sandhini Agarwal, Girish Sastry, Amanda Askell, Pamela Mishkin, Jack Clark, Gretchen Krueger, Ilya Sutskever',
    date: '2021-02-26',
    categories: 'cs.CV cs.LG',
    organization: 'OpenAI',
    codeUrl: 'https://github.com/openai/CLIP',
    keywords: 'contrastive learning, zero-shot transfer, vision and language',
    upvotes: 134,
    summary:
      'CLIP learns to match pictures with their captions, and can then tell apart classes that it was never trained on.',
    abstract:
      'Trained on 400 million pairs of image and text from the web, the model learns which caption belongs to which picture. Class names written as sentences then make it a classifier, which matches a fully trained ResNet-50 on ImageNet without one labelled example from it.',
  },
  {
    id: '2304.02643',
    title: 'Segment Anything',
    authors:
      'Alexander Kirillov, Eric Mintun, Nikhila Ravi, Hanzi Mao, Chloe Rolland, Laura Gustafson, Tete Xiao, Spencer Whitehead, Alexander C. Berg, Wan-Yen Lo, Piotr Dollár, Ross Girshick',
    date: '2023-04-05',
    categories: 'cs.CV cs.AI cs.LG',
    organization: 'Meta',
    codeUrl: 'https://github.com/facebookresearch/segment-anything',
    keywords: 'segmentation, promptable models, data sets',
    upvotes: 121,
    summary:
      'One model cuts out any object from a click, a box or a rough mask, and comes with a billion masks.',
    abstract:
      'The authors define segmentation as answering a prompt, and build a model and its data in turns: the model helps people to label, and the labels improve the model. The result is a set of over a billion masks on eleven million images, and a model that works on new kinds of image without training.',
  },
  {
    id: '1406.2661',
    title: 'Generative Adversarial Networks',
    authors:
      'Ian J. Goodfellow, Jean Pouget-Abadie, Mehdi Mirza, Bing Xu, David Warde-Farley, Sherjil Ozair, Aaron Courville, Yoshua Bengio',
    date: '2014-06-10',
    categories: 'stat.ML cs.LG',
    organization: 'Université de Montréal',
    codeUrl: 'https://github.com/goodfeli/adversarial',
    keywords: 'GAN, generative models, adversarial training',
    upvotes: 101,
    summary:
      'Two networks play a game: one forges samples, the other tries to tell them from real data, and both improve.',
    abstract:
      'A generator makes samples from noise while a discriminator learns to spot them, and each is trained against the other. At the game’s balance the generator has learnt the distribution of the data, with no need for Markov chains or approximate inference.',
  },
  {
    id: '2006.11239',
    title: 'Denoising Diffusion Probabilistic Models',
    authors: 'Jonathan Ho, Ajay Jain, Pieter Abbeel',
    date: '2020-06-19',
    categories: 'cs.LG stat.ML',
    organization: 'UC Berkeley',
    codeUrl: 'https://github.com/hojonathanho/diffusion',
    keywords: 'diffusion models, image generation, denoising',
    upvotes: 126,
    summary:
      'Learning to undo small steps of added noise is enough to generate images as good as the best GANs of its day.',
    abstract:
      'The model is trained to predict the noise that was mixed into an image, and generates by removing noise step by step from pure static. A simple weighting of the training loss, tied to score matching, gives high-quality samples.',
  },
  {
    id: '2112.10752',
    title: 'High-Resolution Image Synthesis with Latent Diffusion Models',
    authors: 'Robin Rombach, Andreas Blattmann, Dominik Lorenz, Patrick Esser, Björn Ommer',
    date: '2021-12-20',
    categories: 'cs.CV',
    organization: 'LMU Munich',
    codeUrl: 'https://github.com/CompVis/latent-diffusion',
    keywords: 'latent diffusion, text-to-image, image generation',
    upvotes: 149,
    summary:
      'Running diffusion in the compressed space of an autoencoder makes high-resolution text-to-image generation affordable.',
    abstract:
      'Instead of pixels, the diffusion model works on the smaller code of a trained autoencoder, which cuts the cost of training and sampling. Cross-attention lets text, boxes or other inputs steer the picture; Stable Diffusion grew out of this work.',
  },
  {
    id: '2212.09748',
    title: 'Scalable Diffusion Models with Transformers',
    authors: 'William Peebles, Saining Xie',
    date: '2022-12-19',
    categories: 'cs.CV cs.LG',
    codeUrl: 'https://github.com/facebookresearch/DiT',
    keywords: 'diffusion Transformer, scaling, image generation',
    upvotes: 82,
    summary:
      'Replacing the U-Net of a diffusion model by a Transformer makes quality rise steadily with compute.',
    abstract:
      'The paper trains latent diffusion models whose backbone is a Transformer over patches. The more compute a forward pass takes, the better the images are, and the largest model set the best score on class-conditional ImageNet at the time.',
  },
  {
    id: '2204.03458',
    title: 'Video Diffusion Models',
    authors:
      'Jonathan Ho, Tim Salimans, Alexey Gritsenko, William Chan, Mohammad Norouzi, David J. Fleet',
    date: '2022-04-07',
    categories: 'cs.CV cs.AI cs.LG',
    organization: 'Google',
    keywords: 'video generation, diffusion models, text-to-video',
    upvotes: 95,
    summary:
      'A diffusion model with attention over space and time gives first results of video generation from text.',
    abstract:
      'The image diffusion design is extended to blocks of frames, and learns from images and videos together. A new way of conditioning the sampling extends clips in time and space, which makes longer and larger video generation possible.',
  },
  {
    id: '2311.15127',
    title: 'Stable Video Diffusion: Scaling Latent Video Diffusion Models to Large Datasets',
    authors:
      'Andreas Blattmann, Tim Dockhorn, Sumith Kulal, Daniel Mendelevitch, Maciej Kilian, Dominik Lorenz, Yam Levi, Zion English, Vikram Voleti, Adam Letts, Varun Jampani, Robin Rombach',
    date: '2023-11-25',
    categories: 'cs.CV',
    organization: 'Stability AI',
    codeUrl: 'https://github.com/Stability-AI/generative-models',
    keywords: 'video generation, latent diffusion, data curation',
    upvotes: 117,
    summary:
      'Careful curation of training clips, in three training stages, gives an open model for video generation from text or an image.',
    abstract:
      'The authors show that how video data is cut, captioned and filtered decides how good a video generation model gets. They train in three stages, from images over many videos to a few excellent ones, and the model also serves as a base for making views of a 3D object.',
  },
];
