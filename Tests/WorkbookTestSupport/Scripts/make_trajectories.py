"""Reference trajectories of the eight programs, from NumPy and PyTorch themselves.
usage: python make_trajectories.py SEED N D_in H D_out > seedSEED.json    (needs numpy and torch)
"""
import sys, json, random, numpy as np, torch
seed,N,D_in,H,D_out=map(int,sys.argv[1:6])
def record(losses): return [[t,losses[t]] for t in range(99,500,100)]
def numpy_():
    np.random.seed(seed)
    x=np.random.randn(N,D_in); y=np.random.randn(N,D_out); w1=np.random.randn(D_in,H); w2=np.random.randn(H,D_out)
    first=[float(x[0,0]),float(y[0,0]),float(w1[0,0]),float(w2[0,0])]
    L=[]
    for t in range(500):
        h=x.dot(w1); r=np.maximum(h,0); p=r.dot(w2); L.append(float(np.square(p-y).sum()))
        g=2.0*(p-y); g2=r.T.dot(g); gr=g.dot(w2.T); gh=gr.copy(); gh[h<0]=0; g1=x.T.dot(gh)
        w1-=1e-6*g1; w2-=1e-6*g2
    return dict(first=first,losses=record(L))
def data(dt): 
    torch.manual_seed(seed)
    x=torch.randn(N,D_in); y=torch.randn(N,D_out); return x,y
def raw(dt):
    x,y=data(dt); w1=torch.randn(D_in,H); w2=torch.randn(H,D_out)
    first=[x[0,0].item(),y[0,0].item(),w1[0,0].item(),w2[0,0].item()]
    x,y=x.to(dt),y.to(dt); w1=w1.to(dt).requires_grad_(); w2=w2.to(dt).requires_grad_(); L=[]
    for t in range(500):
        loss=(x.mm(w1).clamp(min=0).mm(w2)-y).pow(2).sum(); L.append(loss.item()); loss.backward()
        with torch.no_grad():
            w1-=1e-6*w1.grad; w2-=1e-6*w2.grad; w1.grad.zero_(); w2.grad.zero_()
    return dict(first=first,losses=record(L))
def seq(kind,dt):
    x,y=data(dt)
    class Dyn(torch.nn.Module):
        def __init__(s):
            super().__init__(); s.i=torch.nn.Linear(D_in,H); s.m=torch.nn.Linear(H,H); s.o=torch.nn.Linear(H,D_out)
        def forward(s,x):
            h=s.i(x).clamp(min=0)
            for _ in range(random.randint(0,3)): h=s.m(h).clamp(min=0)
            return s.o(h)
    model=Dyn() if kind=='dynamic' else torch.nn.Sequential(torch.nn.Linear(D_in,H),torch.nn.ReLU(),torch.nn.Linear(H,D_out))
    random.seed(seed)
    p0=next(model.parameters()); first=[x[0,0].item(),y[0,0].item(),p0[0,0].item()]
    model=model.to(dt); x,y=x.to(dt),y.to(dt)
    opt=(torch.optim.Adam if kind=='adam' else torch.optim.SGD)(model.parameters(),lr=1e-4)
    f=torch.nn.MSELoss(reduction='sum'); L=[]
    for t in range(500):
        loss=f(model(x),y); L.append(loss.item()); opt.zero_grad(); loss.backward(); opt.step()
    return dict(first=first,losses=record(L))
out=dict(seed=seed,N=N,D_in=D_in,H=H,D_out=D_out,torch=torch.__version__,numpy=np.__version__,numpy_warmup=numpy_())
for name,dt in (('float32',torch.float32),('float64',torch.float64)):
    out[name]=dict(tensor_autograd_function=raw(dt),nn_module_sgd=seq('sgd',dt),optim_adam=seq('adam',dt),dynamic=seq('dynamic',dt))
print(json.dumps(out,indent=1))
