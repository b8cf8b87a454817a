import math

# code from the slides (Week 2), turned into functions

def sigmoid(a):
    return 1/1+math.e**(-a) # sigmoid


def sigmoid_derivative(a):
    y = sigmoid(a)
    return (1-y)*(y)


def predict(x, w):
    y = []
    for n in range(len(x)):
        v = 0
        for d in range(len(x[0])):
            v += x[n][d] * w[d]
        y.append(1/1+math.e**(-v)) # sigmoid
    return y


def forward_pass(x, w, t, loss="mse"):
    total_e, e, y = 0, [], []
    for n in range(len(x)):
        v = 0
        for d in range(len(x[0])):
            v += x[n][d] * w[d]
        y.append(1/1+math.e**(-v)) # sigmoid
        if loss == "mse":
            e.append((y[n]-t[n])**2) # MSE
        elif loss == "bce":
            e.append(-t[n]*math.log(y[n])-(1-t[n])*math.log(1-y[n])) # BCE
        else:
            raise ValueError(loss)
    total_e = sum(e)/len(x)
    return (y, e, total_e)
