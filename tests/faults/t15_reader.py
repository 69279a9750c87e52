"""The subscriber that T15 stops: a process of its own. Every event is for it, in the order of their numbers."""
import os

COUNT, DISORDER, ANEW, OPEN, STOP = range(5)


def read(link, endpoint, base_us, shared, credit):
    """Runs until its parent says so, or is gone. `shared`: what it has seen."""
    import peers
    import zmq

    def take(notice):
        number = notice.occurred_at - base_us
        if number == shared[COUNT]:
            shared[COUNT] += 1
        else:  # a gap, a repeat, a wrong order
            shared[DISORDER] += 1

    subscriber = peers.Subscriber(zmq.Context(), link, take)
    subscriber.credit_step, subscriber.acknowledge_every = credit, 256
    crowd = peers.Crowd([subscriber])
    crowd.connect(endpoint)
    parent = os.getppid()
    while os.getppid() == parent and not shared[STOP]:
        crowd.turn(0.05)
        shared[ANEW], shared[OPEN] = crowd.anew, subscriber.is_open
    crowd.close()
