import numpy as np

def sigmoid(a):
  return np.exp(a) / (1 + np.exp(a))

def sigmoid_derivative(a):
  return sigmoid(a) * (1 - sigmoid(a))

def predict(x, w):
  # bias
  x = np.hstack([np.ones((len(x), 1)), x[:, 1:]])
  return sigmoid(x @ w)

def forward_pass(x, w, t, loss="mse"):
  y = predict(x, w)
  if loss == "bce":
    e = -t * np.log(y) - (1 - t) * np.log(1 - y)
  else:
    e = (y - t) ** 2
  return y, e, e[-1]
