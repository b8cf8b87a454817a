import numpy as np

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
T = np.array([[0.0], [1.0], [1.0], [1.0]])

def sigmoid(a):
  return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))

def outputs(x, layers):
  for weights, biases in layers:
    x = sigmoid(np.dot(x, weights) + biases)
  return x

def initialize(sizes, seed):
  rng = np.random.default_rng(42)
  return [(rng.normal(size=(i, o)) * 0.01, np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

def train(x, t, layers, learning_rate, iterations):
  losses = []
  for i in range(iterations):
    a = [x]
    for W, b in layers:
      a.append(sigmoid(a[-1] @ W + b))
    losses.append(np.sum((a[-1] - t) ** 2) / len(x))
    error = a[-1] - t   # the 2 and 1/N do not matter
    new = []
    for l in reversed(range(len(layers))):
      W, b = layers[l]
      delta = error * a[l + 1] * (1 - a[l + 1])
      new.append((W - learning_rate * a[l].T @ delta, b - learning_rate * delta.sum(axis=0)))
      error = delta @ W.T
    layers = new[::-1]
  return layers, losses

def classify(x, layers):
  return np.round(outputs(x, layers)[:, 0])

def solve_xor(seed):
  layers = initialize((2, 4, 1), seed)
  layers, losses = train(X, T, layers, 1, 2000)
  return layers

def hidden_features(x, layers):
  W, b = layers[0]
  return sigmoid(x @ W + b)

def count_layers(layers):
  return len(layers)

def count_parameters(layers):
  return sum(W.size + len(W) for W, b in layers)

def merge_linear(layers):
  W, b = layers[0]
  for W2, b2 in layers[1:]:
    W, b = W @ W2, b @ W2
  return W, b

def staircase(edges, heights):
  M = len(edges)
  W1 = np.full((1, M), 1000.0)
  b1 = -1000.0 * edges
  W2 = heights[1:].reshape(M, 1)
  b2 = heights[:1]
  return [(W1, b1), (W2, b2)]
