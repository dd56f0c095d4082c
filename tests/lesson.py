#!/usr/bin/python3
"""The lesson's database as its Python owner makes and uses it: SQLAlchemy's
models, and Alembic's version table.  lesson.py make FILE | use FILE"""
import sys

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import (Boolean, Column, ForeignKey, Integer, String,
                        create_engine)
from sqlalchemy.orm import Session, declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = 'users'
    id = Column(Integer, primary_key=True, index=True)
    username = Column(String)
    firstname = Column(String)
    lastname = Column(String)
    age = Column(Integer)
    slug = Column(String, unique=True, index=True)
    tasks = relationship('Task', back_populates='user')


class Task(Base):
    __tablename__ = 'tasks'
    id = Column(Integer, primary_key=True, index=True)
    title = Column(String)
    content = Column(String)
    priority = Column(Integer, default=0)
    completed = Column(Boolean, default=False)
    user_id = Column(Integer, ForeignKey('users.id'), nullable=False,
                     index=True)
    slug = Column(String, unique=True, index=True)
    user = relationship('User', back_populates='tasks')


def make(engine):
    """What alembic upgrade head makes of the lesson's first revision."""
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        context = MigrationContext.configure(connection)
        Operations(context)
        context._ensure_version_table()
        connection.exec_driver_sql(
            "INSERT INTO alembic_version VALUES ('cafcab977259')")
    with Session(engine) as session:
        ann = User(username='Ann', firstname='Ann', lastname='Lee', age=30,
                   slug='ann')
        session.add(Task(title='Old', content='c', user=ann, slug='old'))
        session.commit()


def use(engine):
    """Reads what taskmgr left, and goes on writing."""
    with Session(engine) as session:
        for user in session.query(User).order_by(User.id):
            print(user.id, user.username, user.age, user.slug,
                  [(task.title, task.completed) for task in user.tasks])
        session.add(User(username='Cy', slug='cy'))
        session.commit()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        print(context.get_current_revision())


engine = create_engine('sqlite:///' + sys.argv[2])
{'make': make, 'use': use}[sys.argv[1]](engine)
