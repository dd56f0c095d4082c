/*
 * Loaded into a program by LD_PRELOAD, makes every sync take 20 ms, as on a
 * disk that turns.
 */
#include <sys/syscall.h>
#include <unistd.h>

int fdatasync(int fd)
{
	usleep(20000);
	return (int)syscall(SYS_fdatasync, fd);
}

int fsync(int fd)
{
	usleep(20000);
	return (int)syscall(SYS_fsync, fd);
}
