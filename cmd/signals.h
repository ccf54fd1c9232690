#ifndef INC_SIGNALS_H
#define INC_SIGNALS_H

/*
 * Signals as descriptors, for programs that wait for several things at once.
 */
struct signals {
	int child; /* can be read when a child may have ended */
	int stop;  /* can be read for good once somebody asked the program to
		      end: SIGTERM, SIGINT, SIGHUP */
};

/*
 * From now on they are caught, and a pipe that nobody reads is an error of who
 * writes to it.  Returns 0, or -1 after saying why.
 */
int signals_catch(struct signals *s);

#endif
