import numpy as np

def sigmoid(a):
  return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))

def numerical_gradient(f, w, h=1e-5):
  g = np.zeros(w.size)
  for i in range(w.size):
    d = np.zeros(w.size)
    d[i] = h
    d = d.reshape(w.shape)
    g[i] = (f(w + d) - f(w - d)) / (2 * h)
  return g

def error_gradient(y, t):
  return 2 * (y - t)

def delta_rule(x, w, t):
  y = sigmoid(x @ w)
  return 2 * x * (y - t)

def batch_gradient(x, w, t):
  y = sigmoid(x @ w)
  return 2 * x.T @ ((y - t) * y * (1 - y)) / len(w)

def gradient_step(w, gradient, learning_rate):
  return w - learning_rate * gradient

def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
  losses = []
  for i in range(iterations):
    y = sigmoid(x @ w)
    losses.append(np.mean((y - t) ** 2))
    w = w - 0.1 * 2 * x.T @ ((y - t) * y * (1 - y)) / len(x)
  return w, losses

def train_neuron_online(x, w, t, learning_rate, epochs):
  losses = []
  for epoch in range(epochs):
    for i in range(len(x)):
      y = sigmoid(x[i] @ w)
      losses.append((y - t[i]) ** 2)
      w = w - learning_rate * 2 * x[i] * (y - t[i]) * y * (1 - y)
  return w, losses
