/* Does nothing: what remains is the start of a program with its libraries. */
int main(void)
{
	return 0;
}
